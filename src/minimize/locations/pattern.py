"""What a regular expression matches inside text as a location."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from psycopg import sql
from pydantic import AfterValidator, Field

from minimize.locations.object_names import identifier
from minimize.locations.pattern_sample import make_sample
from minimize.policy import InColumn, Location, Probe, Row, Text, location_kind

ARRAYS = frozenset({"_text", "_varchar", "_bpchar"})
_REFERENCE = re.compile(r"\\(.)", re.DOTALL)


def _checked_pattern(pattern: str) -> str:
    # The pattern is part of the location's name, and messages and reports print a name on one line.
    if re.search(r"[\x00-\x1f\x7f]", pattern):
        raise ValueError(r"write a line break as \n and a tab as \t, in quotes that keep the backslash: '...'")
    return pattern


def _checked_replacement(replacement: str) -> str:
    if "\0" in replacement:
        raise ValueError("PostgreSQL cannot store a NUL character")
    if "&" in _REFERENCE.findall(replacement):
        raise ValueError(r"\& would put back the match; \1 to \9 put back a group in parentheses")
    return replacement


@location_kind
class PatternLocation(InColumn):
    """What a PostgreSQL regular expression matches in a text column, or in the elements of an array of text.

    A text carries the field if replacing every match would change it and some match is not empty. So the pattern may
    match the replacement, as in `PLACE OF BIRTH: [removed]`, provided that replacing it again changes nothing.
    """

    kind: ClassVar[str] = "pattern"
    key: ClassVar[str | None] = "pattern"
    column_types: ClassVar[frozenset[str] | None] = frozenset({"text", "varchar", "bpchar"}) | ARRAYS

    pattern: Annotated[Text, AfterValidator(_checked_pattern)] = Field(
        description=r"PostgreSQL regular expression that matches the retired text, such as '(?i)PLACE OF BIRTH:[^\n]*'"
    )

    replacement: Annotated[str, AfterValidator(_checked_replacement)] = Field(
        default="",
        description=r"Text that replaces a match; \1 to \9 are the pattern's groups. By default a match is removed.",
    )

    column_type: Literal["text", "text[]"] | None = Field(
        default=None, description="The column's type, for SQL that is written without a database; text by default."
    )

    def carries(self, row: Row) -> sql.Composable:
        """Some match is not empty, and replacing it would change it.

        A text without a match costs one search. Only arrays need an installed function.
        """
        if self._is_array(row):
            return sql.SQL("({} IS NOT NULL)").format(self.carried(row))
        return self._is_carried_by(sql.SQL("({})::text").format(row(self.column_name)))

    def without(self, row: Row) -> sql.Composable:
        """The text with every match replaced, or removed where replacing would never end or not fit the column."""
        length = row.length_of(self.column_name)
        cleaned = sql.SQL("minimize.pattern_without_v1({}, {}, {}, {})").format(
            self._texts(row), sql.Literal(self.pattern), sql.Literal(self.replacement), sql.Literal(length)
        )
        return cleaned if self._is_array(row) else sql.SQL("({})[1]").format(cleaned)

    def carried(self, row: Row) -> sql.Composable:
        """The matches, in their order."""
        return sql.SQL("minimize.pattern_taken_v1({}, {}, {})").format(
            self._texts(row), sql.Literal(self.pattern), sql.Literal(self.replacement)
        )

    def sample(self, column_type: str | None) -> str | None:
        """A text that should match the pattern, or an array of one; None for constructs that are not supported."""
        text = make_sample(self.pattern)
        if text is None or column_type not in ARRAYS:
            return text
        quoted = re.sub(r'(["\\])', r"\\\1", text)
        return f'{{"{quoted}"}}'

    def probes(self, row: Row) -> Iterator[Probe]:
        """Ask whether the server accepts the pattern, and whether the pattern would match the replacement again."""
        yield Probe(
            "pattern",
            sql.SQL("{} ~ {}").format(self._empty_text(row), sql.Literal(self.pattern)),
            "it matches empty text, which holds no value",
            "Ask for at least one character of the value, as in [^\\n]+ instead of [^\\n]*.",
        )
        matches_itself = self.changes_replacement_of(self)
        if matches_itself is not None:
            yield Probe(
                "replacement",
                matches_itself,
                "the pattern matches it, and would change it again",
                "Choose one that the pattern does not match, or replaces by itself.",
            )

    def conflicts(self, other: Location) -> Iterator[Probe]:
        """Ask whether another pattern would change the replacement: then each would undo the other."""
        if not isinstance(other, PatternLocation):
            return
        matches = other.changes_replacement_of(self)
        if matches is not None:
            yield Probe(
                "replacement",
                matches,
                f"{other.name} matches it, and would change it again",
                "Choose one that no pattern of the column matches, or replaces by itself.",
            )

    def changes_replacement_of(self, other: PatternLocation) -> sql.Composable | None:
        """Return a boolean SQL expression: this pattern would change the replacement of another one.

        None if that depends on the match, because the replacement refers to a group.
        """
        if re.search(r"\\[1-9]", other.replacement):
            return None
        plain = other.replacement.replace("\\\\", "\\")
        return self._is_carried_by(sql.SQL("{}::text").format(sql.Literal(plain)))

    def _is_carried_by(self, text: sql.Composable) -> sql.Composable:
        pattern = sql.Literal(self.pattern)
        return sql.SQL(
            "(({t} ~ {p} AND regexp_replace({t}, {p}, {r}, 'g') <> {t}"
            " AND regexp_replace({t}, {p}, '', 'g') <> {t}) IS TRUE)"
        ).format(t=text, p=pattern, r=sql.Literal(self.replacement))

    def _is_array(self, row: Row) -> bool:
        known = row.type_of(self.column_name)
        return self.column_type == "text[]" if known is None else known in ARRAYS

    def _texts(self, row: Row) -> sql.Composable:
        column = row(self.column_name)
        return (sql.SQL("({})::text[]") if self._is_array(row) else sql.SQL("ARRAY[({})::text]")).format(column)

    def _empty_text(self, row: Row) -> sql.Composable:
        """Return an empty text with the column's own collation, some of which have no regular expressions."""
        none = sql.SQL("(SELECT {} FROM {} WHERE false)").format(
            sql.Identifier(self.column_name), identifier(self.table_name)
        )
        if self._is_array(row):
            return sql.SQL("(coalesce({}::text[], ARRAY['']))[1]").format(none)
        return sql.SQL("coalesce({}::text, '')").format(none)
