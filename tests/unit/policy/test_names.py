"""Tests of the names of tables and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimize.errors import PolicyError
from minimize.policy import ColumnName, TableName

parts = st.text(min_size=1, max_size=63).filter(lambda part: "\0" not in part and len(part.encode()) <= 63)
plain_parts = st.from_regex(r"[a-z_][a-z0-9_$]{0,20}", fullmatch=True)
any_parts = parts | plain_parts


@given(st.builds(ColumnName, any_parts, any_parts, any_parts))
def test_column_name_survives_writing_and_reading(name: ColumnName) -> None:
    """For any parts, the canonical spelling is read back as the same column."""
    assert ColumnName.parse(str(name)) == name


@given(st.builds(TableName, any_parts, any_parts))
def test_table_name_survives_writing_and_reading(name: TableName) -> None:
    """For any parts, the canonical spelling is read back as the same table."""
    assert TableName.parse(str(name)) == name


@given(plain_parts, plain_parts)
def test_plain_parts_are_written_without_quotes(schema: str, table: str) -> None:
    """Quotes appear only where they are needed."""
    assert str(TableName(schema, table)) == f"{schema}.{table}"


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Text is either a name, whose canonical spelling is stable, or a PolicyError."""
    try:
        name = ColumnName.parse(text)
    except PolicyError:
        return
    assert ColumnName.parse(str(name)) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("core.application.place_of_birth", ColumnName("core", "application", "place_of_birth")),
        ('core."Application"."placeOfBirth"', ColumnName("core", "Application", "placeOfBirth")),
        ('"core"."a.b"."say ""hi"""', ColumnName("core", "a.b", 'say "hi"')),
        ('core."Geburt"."größe"', ColumnName("core", "Geburt", "größe")),
    ],
)
def test_quoted_parts(text: str, expected: ColumnName) -> None:
    """Quoted parts keep capitals, dots, doubled quotes and letters of any script."""
    assert ColumnName.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("core.application.placeOfBirth", "the part placeOfBirth needs double quotes", '"placeOfBirth"'),
        ("core.application.größe", "needs double quotes", '"größe"'),
        ("core.application.1st", "needs double quotes", '"1st"'),
        ("core.application. x", "needs double quotes", '" x"'),
        ("core.application", "it has 2 parts", "in full"),
        ("place_of_birth", "it has 1 part", "in full"),
        ("db.core.application.x", "it has 4 parts", "in full"),
        ("core..x", "a part of it is empty", "each side"),
        ("core.application.", "a part of it is empty", "each side"),
        ("", "a part of it is empty", "each side"),
        ('core.application.""', "empty", "as the database shows it"),
        ('core.application."\0"', "no name can contain", "as the database shows it"),
        ('core.application."\ud800"', "no name can contain", "as the database shows it"),
        ('core.application."x', "do not pair up", "doubled"),
        ('core.application."x"y', "do not pair up", "doubled"),
        ("core.application.x" + "é" * 32, "needs double quotes", "lower-case"),
        ('core.application."' + "é" * 32 + '"', "longer than 63 bytes", "catalog"),
    ],
)
def test_refusals_say_what_to_write(text: str, message: str, hint: str) -> None:
    """Text that is no name is refused with the next action."""
    with pytest.raises(PolicyError) as caught:
        ColumnName.parse(text)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_long_part_is_not_echoed_in_full() -> None:
    """A message stays short for any content of the file."""
    with pytest.raises(PolicyError) as caught:
        TableName.parse("X" * 1000 + ".y")
    assert len(caught.value.message) + len(caught.value.hint) < 250


def test_the_table_of_a_column() -> None:
    """A column knows its table."""
    assert ColumnName("core", "A", "b").table_name == TableName("core", "A")


def test_sixty_three_bytes_are_allowed() -> None:
    """The longest name PostgreSQL keeps is accepted."""
    assert TableName.parse(f"core.{'x' * 63}").table == "x" * 63
