"""The names that a policy retires and where they are allowed, with a fast test for text without any of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from minimize.policy import Policy, names_of, normal_form, retired_names, staying_columns

# A text without these words and without a retired name contains nothing that a rule searches for.
_GUARD_WORDS = ("minimize", "sessionreplicationrole", "unguardfield", "restorefield", "disabletrigger")
_GUARD_TEXT = re.compile(
    r"minimize|session_replication_role|unguard_field|restore_field|disable\s*trigger", re.IGNORECASE
)
_SEPARATORS = "[_\\- ]*"


class TableRef(NamedTuple):
    """A table as a file names it; a part that the file does not name is None."""

    schema: str | None
    table: str | None

    def column(self, name: str) -> str:
        """Return the name of a column of this table, with the known parts of the table."""
        return ".".join(part for part in (self.schema, self.table or (self.schema and "?"), name) if part)

    def matches(self, schema: str, table: str) -> bool:
        """Return whether this can be the table; an unknown schema matches any."""
        return self.table == table and self.schema in (None, schema)


UNKNOWN = TableRef(None, None)


@dataclass(frozen=True)
class Vocabulary:
    """The retired and allowed names of one policy."""

    policy: Policy

    def retired(self, name: str, table: TableRef = UNKNOWN) -> str | None:
        """Return the field that a column of this name reintroduces in this table, or None.

        A column matches if its name is a name of a field in any spelling, or if it is a whole column that the policy
        retires. It is allowed if the policy keeps it for exempt rows, or exempts it by name.
        """
        if self.is_kept(table, name):
            return None
        field = self._by_name.get(normal_form(name))
        return field or next((f for t, column, f in self._columns if column == name and table.matches(*t)), None)

    def is_kept(self, table: TableRef, column: str) -> bool:
        """Return whether the policy allows this column of this table to have the name or carry the value."""
        return any(column == kept and table.matches(schema, name) for schema, name, kept in self._kept)

    def is_kept_somewhere(self, column: str) -> bool:
        """Return whether any table may have this column; for code that does not name its table."""
        return any(column == kept for _, _, kept in self._kept)

    def json_key(self, key: object) -> str | None:
        """Return the field whose member in documents has exactly this name, or None."""
        return self._keys.get(key) if isinstance(key, str) else None

    def columns_of(self, table: TableRef) -> Iterator[tuple[str, str]]:
        """Yield the whole columns of this table that the policy retires or keeps for exempt rows, with the field."""
        for name, column, field in self._all_columns:
            if table.matches(*name):
                yield column, field

    def watches_schema(self, table: TableRef) -> bool:
        """Return whether the table can be one that the policy guards, or a partition of one."""
        return table.schema is None or table.schema in self._schemas

    def mentions(self, text: str) -> bool:
        """Return whether the text can contain anything that a rule searches for. Fast; False is always correct.

        A name that is written with escapes, such as U&"...", or composed from parts is not recognised.
        """
        folded = text.lower() if text.isascii() else text.casefold()
        squeezed = folded.replace("_", "").replace("-", "").replace(" ", "")
        if any(word in squeezed for word in self._words) and self._pattern.search(folded):
            return True
        if any(table in folded and column in folded for table, column in self._pairs):
            return True
        if any(table in folded for table in self._tables) and self._copies.search(folded):
            return True
        # The words first: `in` is many times faster than a search.
        squeezed = "".join(squeezed.split()) if "trigger" in squeezed else squeezed
        return any(word in squeezed for word in _GUARD_WORDS) and _GUARD_TEXT.search(text) is not None

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {name: field.id for name, field in retired_names(self.policy).items()}

    @cached_property
    def _all_columns(self) -> tuple[tuple[tuple[str, str], str, str], ...]:
        return tuple(
            ((location.table_name.schema, location.table_name.table), location.column_name, field.id)
            for field in self.policy.fields
            for location in field.locations
            if location.is_whole_column and location.column_name is not None
        )

    @cached_property
    def _columns(self) -> tuple[tuple[tuple[str, str], str, str], ...]:
        return tuple(row for row in self._all_columns if (*row[0], row[1]) not in self._kept)

    @cached_property
    def _kept(self) -> frozenset[tuple[str, str, str]]:
        exempt = (exemption.name for exemption in self.policy.watch.exemptions)
        return staying_columns(self.policy) | {(name.schema, name.table, name.column) for name in exempt}

    @cached_property
    def _keys(self) -> dict[str, str]:
        keys: dict[str, str] = {}
        for field in self.policy.fields:
            keys.update(dict.fromkeys(names_of(field), field.id))
            for location in field.locations:
                keys.update(dict.fromkeys(location.document_keys, field.id))
        return keys

    @cached_property
    def _schemas(self) -> frozenset[str]:
        guarded = {location.table_name.schema for field in self.policy.fields for location in field.locations}
        return frozenset(guarded | set(self.policy.watch.schemas))

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple({normal_form(name) for name in (*self._by_name, *self._keys)})

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = "|".join(_SEPARATORS.join(map(re.escape, word)) for word in sorted(self._words))
        # A name in a literal may follow an escape, as in "ADD COLUMN\npob".
        return re.compile(rf"(?:(?<![a-z0-9])|(?<=\\[abfnrtv]))(?:{words})(?![a-z0-9])")

    @cached_property
    def _tables(self) -> tuple[str, ...]:
        return tuple({table.casefold() for (_, table), _, _ in self._all_columns})

    @cached_property
    def _copies(self) -> re.Pattern[str]:
        """Statements that copy every column of a table without naming one: SELECT * FROM, LIKE."""
        tables = "|".join(map(re.escape, sorted(self._tables)))
        return re.compile(rf'(?:\b(?:from|join|like|only)|,)\s+(?:"?\w+"?\s*\.\s*)?"?(?:{tables})\b')

    @cached_property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple({(table.casefold(), column.casefold()) for (_, table), column, _ in self._columns})
