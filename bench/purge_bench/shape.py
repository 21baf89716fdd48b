"""The benchmark tables: their statements, their retired value and their policy."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import LiteralString

from psycopg import sql

TABLE = sql.Identifier("bench", "person")
_POLICY = """schema_version = 1
[policy]
id = "bench"
title = "Place of birth"
jurisdiction = "US-WA"
[disposition]
authority = "benchmark"
approved_by = "benchmark"
[[authority]]
id = "rule"
citation = "WSR 18-10-030"
title = "Application"
[[field]]
id = "place_of_birth"
title = "Place of birth"
authorities = ["rule"]
"""

# 17 of 20 rows (85 %) carry a value, as short as the name of a town and different in each row.
_TOWN: LiteralString = "CASE WHEN g % 20 >= 3 THEN 'Town ' || left(md5('b' || g), 12) END"
_KEYS: tuple[tuple[LiteralString, LiteralString, LiteralString], ...] = (
    ("licence_no", "text", "'WDL' || left(md5('l' || g), 17)"),
    ("email", "text", "left(md5('e' || g), 10) || '@example.org'"),
    ("last_name", "text", "'Name' || (hashint4(g) & 8191)"),
    ("birth_date", "date", "date '1940-01-01' + (hashint4(g + 1) & 16383)"),
    ("updated_at", "timestamptz", "timestamptz '2020-01-01' + g * interval '7 s'"),
)
"""The indexed columns in addition to the primary key: name, type, value of row g."""
_OTHERS: tuple[tuple[LiteralString, LiteralString, LiteralString], ...] = (
    ("first_name", "text", "'First' || (hashint4(g + 2) & 1023)"),
    ("street", "text", "(g % 9000) || ' Main Street'"),
    ("city", "text", "'City' || g % 300"),
    ("postal_code", "text", "lpad((g % 99999)::text, 5, '0')"),
    ("region", "text", "'WA'"),
    ("phone", "text", "'+1206' || lpad((g % 9999999)::text, 7, '0')"),
    ("office", "integer", "g % 60"),
    ("kind", "integer", "g % 7"),
    ("status", "text", "'active'"),
    ("height_cm", "integer", "150 + g % 50"),
    ("weight_kg", "integer", "50 + g % 70"),
    ("eyes", "text", "'brown'"),
    ("donor", "boolean", "g % 2 = 0"),
    ("veteran", "boolean", "g % 11 = 0"),
    ("issued_at", "timestamptz", "timestamptz '2020-01-01' + g * interval '7 s'"),
    ("expires_on", "date", "date '2026-01-01' + g % 2000"),
    ("note", "text", "left(md5('n' || g) || md5('m' || g) || md5('o' || g), 73)"),
    ("fee", "numeric(10,2)", "54.00 + g % 9"),
    ("checksum", "text", "md5('c' || g)"),
)


def policy_text(*locations: str) -> str:
    """Return a policy file with these locations, each given as its keys."""
    return _POLICY + "".join(f"[[field.location]]\n{location}\n" for location in locations)


def _document(filler: LiteralString) -> LiteralString:
    return (
        "jsonb_build_object('applicant', jsonb_strip_nulls(jsonb_build_object('name', 'Name ' || g, 'placeOfBirth', "
        + _TOWN
        + ")), 'office', 'SEA', 'channel', 'counter', 'notes', "
        + filler
        + ")"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One variant of the table `bench.person`."""

    name: str
    columns: tuple[tuple[LiteralString, LiteralString, LiteralString], ...]
    """Name, type and the value of row g of each column after `id`."""
    retired: LiteralString
    carries: LiteralString
    without: LiteralString
    location: str
    """The keys of the location in the policy."""
    is_toasted: bool = False

    def statements(self, rows: int) -> list[sql.Composed]:
        """Return the statements that create the table with its rows, indexes and statistics."""
        names = [sql.Identifier(name) for name, _, _ in self.columns]
        typed = [sql.SQL("{} {}").format(n, sql.SQL(kind)) for n, (_, kind, _) in zip(names, self.columns, strict=True)]
        # No autovacuum on this table: it would run at random, and distort the comparison. A method runs the VACUUM that
        # it needs itself, within its measured time.
        create = sql.SQL(
            "CREATE TABLE {} (id bigint NOT NULL, {}) WITH (autovacuum_enabled = off, toast.autovacuum_enabled = off)"
        )
        statements = [sql.SQL("CREATE SCHEMA bench").format(), create.format(TABLE, sql.SQL(", ").join(typed))]
        if self.is_toasted:
            # Not compressed: otherwise the size would depend on the filler.
            external = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET STORAGE EXTERNAL")
            statements.append(external.format(TABLE, sql.Identifier(self.retired)))
        insert = sql.SQL("INSERT INTO {} SELECT g, {} FROM generate_series(1, {}) AS g")
        values = sql.SQL(", ").join(sql.SQL(value) for _, _, value in self.columns)
        statements += [insert.format(TABLE, values, rows), sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (id)").format(TABLE)]
        statements += [sql.SQL("CREATE INDEX ON {} ({})").format(TABLE, sql.Identifier(name)) for name, _, _ in _KEYS]
        return [*statements, sql.SQL("VACUUM (FREEZE, ANALYZE) {}").format(TABLE)]

    def digest(self, rows: int) -> str:
        """Return a digest of the statements."""
        return hashlib.sha256("\n".join(s.as_string() for s in self.statements(rows)).encode()).hexdigest()[:16]

    def policy(self) -> str:
        """Return the policy file that retires the value."""
        return policy_text(self.location)


_CARRIES_MEMBER: LiteralString = "form #> '{applicant,placeOfBirth}' IS NOT NULL"
_WITHOUT_MEMBER: LiteralString = "form #- '{applicant,placeOfBirth}'"
_JSON_LOCATION = 'column = "bench.person.form"\njson_path = "$.applicant.placeOfBirth"'
_HEX_400: LiteralString = "(SELECT string_agg(md5(g || ':' || n), '') FROM generate_series(1, 14) AS n)"
_HEX_7800: LiteralString = "(SELECT string_agg(md5(g || ':' || n), '') FROM generate_series(1, 245) AS n)"

COLUMN = Shape(
    name="column",
    columns=(("place_of_birth", "text", _TOWN), *_KEYS, *_OTHERS),
    retired="place_of_birth",
    carries="place_of_birth IS NOT NULL",
    without="NULL",
    location='column = "bench.person.place_of_birth"',
)
INLINE = Shape(
    name="jsonb-inline",
    columns=(("form", "jsonb", _document(_HEX_400)), *_KEYS),
    retired="form",
    carries=_CARRIES_MEMBER,
    without=_WITHOUT_MEMBER,
    location=_JSON_LOCATION,
)
TOASTED = replace(
    INLINE, name="jsonb-toasted", columns=(("form", "jsonb", _document(_HEX_7800)), *_KEYS), is_toasted=True
)
