"""Tables that keep names and numbers whole at every width."""

from __future__ import annotations

import sys

import pytest

from minimize.cli.output.text_table import print_table

COLUMNS = ["location", "carrying", "exempt", "held", "to erase", "strategy"]
LONG = "core.application.form $.applicant.history[*].placeOfBirth.and.more.that.needs.a.line.of.its.own"
ROWS = [
    [LONG, 1_234_567_890, 7_593, 322, 100_644, "cascade, sequential"],
    ["core.applicant.birth_place_id", 160_000, 0, None, 160_000, "sequential"],
]


def printed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    width: int | None,
    columns: list[str],
    rows: list[list[object]],
    *,
    names: int = 1,
) -> list[str]:
    """Return the lines on a terminal of a width, or in a pipe."""
    monkeypatch.setenv("COLUMNS", str(width or 80))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: width is not None)
    print_table(columns, rows, names=names)
    return capsys.readouterr().out.splitlines()


def test_in_a_pipe_every_row_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it is: programs such as grep and awk read it."""
    heading, rule, first, second = printed(capsys, monkeypatch, None, COLUMNS, ROWS)
    assert heading.split() == ["location", "carrying", "exempt", "held", "to", "erase", "strategy"]
    assert set(rule) == {"─"}
    assert first.split("   ")[0] == LONG
    assert second.split()[:5] == ["core.applicant.birth_place_id", "160,000", "0", "-", "160,000"]


def test_a_terminal_that_is_wide_enough_has_the_same_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a table that does not fit is laid out differently."""
    piped = printed(capsys, monkeypatch, None, COLUMNS, ROWS)
    assert printed(capsys, monkeypatch, len(piped[0]), COLUMNS, ROWS) == piped


def test_a_name_gets_a_line_of_its_own(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """At 80 columns numbers fit below it; a name that is longer still is left to the terminal."""
    lines = printed(capsys, monkeypatch, 80, COLUMNS, ROWS)
    assert lines[0] == "location"
    assert lines[3] == LONG
    assert lines[4].split() == ["1,234,567,890", "7,593", "322", "100,644", "cascade,", "sequential"]
    assert all(len(line) <= 80 for line in lines if line != LONG)


def test_a_last_column_of_text_is_wrapped(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Below itself, between words; nothing is lost."""
    why = "no row was written, because the table has a trigger that returns NULL for every row that is inserted"
    lines = printed(capsys, monkeypatch, 80, ["location", "path", "why"], [["app.person.born", "COPY FROM", why]])
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines[4:]).split()) == f"COPY FROM {why}"


def test_several_names_share_a_line_where_they_fit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And get a line each where they do not."""
    rows: list[list[object]] = [["east", "app.born", 12], ["west", LONG, 1], ["total", "", 13]]
    lines = printed(capsys, monkeypatch, 80, ["database", "location", "erased"], rows, names=2)
    assert lines == [
        *("database   location", "  erased", "────────"),
        *("east   app.born", "      12", "west", LONG, "       1", "total", "      13"),
    ]


def test_a_table_without_rows_has_its_headings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that an empty result is seen."""
    assert printed(capsys, monkeypatch, 80, ["location", "erased"], [])[0] == "location   erased"
