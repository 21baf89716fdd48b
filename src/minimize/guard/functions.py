"""The functions of a guard, called for a row that carries the field: one by its triggers, one by its CHECK. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, LiteralString

from psycopg import sql

from minimize.locations import TableRow, exempt, resends_own_value
from minimize.locations.row import NEW
from minimize.policy import Field, Location
from minimize.sql import dollar_quoted

# The digests of a guard cover the text below, comments included. A change here must keep the earlier text for EARLIER,
# or each guard that a release installed counts as drift.

# SECURITY DEFINER: the owner may use schema minimize, mute the server log and count; the writing role needs no such
# privilege. Names in a predicate are looked up in pg_catalog only. With any other path, a role that may create an
# operator there could run code as the owner and decide what is exempt. Purge, check and proof use the same path.
_FUNCTION = sql.SQL("""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS {body}""")
_BODY = sql.SQL("""BEGIN
  -- WHEN has seen that NEW carries the field.
  IF {exempt} THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF {again} THEN
{mark}      RETURN NEW;
    END IF;
  END IF;
{act}
  RETURN NEW;
END""")

# A CHECK sees only the new row. The BEFORE trigger sets a mark for a row that keeps its old value: the oid of the
# relation. A forged or stale mark lets no value in, because the AFTER trigger checks again.
_MARK = sql.SQL("""      IF TG_WHEN = 'BEFORE' THEN
        PERFORM set_config({mark}, TG_RELID::text, true);
      END IF;
""")

# A logical replication worker passes no relation; it never moves a row to another partition.
_CHECK_FUNCTION = sql.SQL("""CREATE OR REPLACE FUNCTION {name}(relation oid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS {body}""")
_CHECK_BODY = sql.SQL("""DECLARE
  mark constant text := coalesce(current_setting({mark}, true), '');
BEGIN
  -- The CHECK has seen that the row carries the field. A mark is good for one row.
  IF mark = relation::text OR (relation = 0 AND mark <> '') THEN
    PERFORM set_config({mark}, '', true);
    RETURN true;
  END IF;
{refuse}
  RETURN false;
END""")


@dataclass(frozen=True, slots=True)
class ReportRoutines:
    """The routines of schema minimize by which the functions of a guard refuse and warn."""

    refuse: LiteralString
    warn: LiteralString


CURRENT: Final = ReportRoutines("refuse_v2", "warn_v2")
"""What this release installs."""

EARLIER: Final = (ReportRoutines("refuse_v1", "warn_v1"),)
"""What earlier releases installed. Their guards refuse the same writes, so they count as intact."""

_REPORT = sql.SQL(
    "  PERFORM minimize.{routine}({counter}, {field}, {location}, {schema}, {table}, {column}, {citations});"
)


def guard_function(
    field: Field,
    location: Location,
    row: TableRow,
    citations: str,
    name: str,
    routines: ReportRoutines = CURRENT,
) -> sql.Composed:
    """Return the statement that creates a location's trigger function.

    reject raises 23MZ1. strip removes the field from the row and warns; if a later trigger writes it back, strip
    refuses; in a table that is retired as a whole it skips the row. warn accepts the write and warns. All three count.
    """
    refuse = _report(routines.refuse, field, location, citations, name)
    warn = _report(routines.warn, field, location, citations, name)
    act = {"reject": refuse, "strip": _strip(location, row, refuse, warn), "warn": warn}[field.on_write]
    body = _BODY.format(
        exempt=exempt(location, row.aliased(NEW)),
        again=resends_own_value(location, row),
        mark=_MARK.format(mark=_mark(name)) if field.on_write == "reject" else sql.SQL(""),
        act=act,
    )
    return _FUNCTION.format(name=function_name(name), body=dollar_quoted(body, "guard"))


def _strip(location: Location, row: TableRow, refuse: sql.Composable, warn: sql.Composable) -> sql.Composable:
    if location.column_name is None:
        rest: sql.Composable = sql.SQL("{}\n  RETURN NULL;").format(warn)
    else:
        new = row.aliased(NEW)
        rest = sql.SQL("  {} := {};\n{}").format(new(location.column_name), location.without(new), warn)
    return sql.SQL("  IF TG_WHEN = 'AFTER' THEN\n  {}\n  END IF;\n{}").format(refuse, rest)


def check_function(
    field: Field, location: Location, citations: str, name: str, routines: ReportRoutines = CURRENT
) -> tuple[sql.Composed, ...]:
    """Return the statements that create what a location's CHECK calls for a row that carries the field.

    It raises 23MZ1, unless the BEFORE trigger has just allowed this row.
    """
    refuse = _report(routines.refuse, field, location, citations, name)
    body = _CHECK_BODY.format(mark=_mark(name), refuse=refuse)
    create = _CHECK_FUNCTION.format(name=function_name(name), body=dollar_quoted(body, "guard"))
    # The writing role needs EXECUTE, for a clean row too, and default privileges may withhold it from PUBLIC.
    return create, sql.SQL("GRANT EXECUTE ON FUNCTION {}(oid) TO PUBLIC").format(function_name(name))


def function_name(name: str) -> sql.Identifier:
    """Return the name of a guard's functions: the triggers call it without arguments, the CHECK with an oid."""
    return sql.Identifier("minimize", f"guard_{name}")


def check_signature(name: str) -> str:
    """Return the signature of the function that the CHECK of the guard with this name calls."""
    return f"{function_name(name).as_string(None)}(oid)"


def _mark(name: str) -> sql.Literal:
    """Return the name of the transaction-local setting that holds the relation of an allowed row."""
    return sql.Literal(f"minimize.keeps_{name.replace('-', '_')}")


def _report(routine: str, field: Field, location: Location, citations: str, name: str) -> sql.Composed:
    table = location.table_name
    return _REPORT.format(
        routine=sql.Identifier(routine),
        counter=sql.Literal(f"{field.on_write}_{name}"),
        field=sql.Literal(field.id),
        location=sql.Literal(location.name),
        schema=sql.Literal(table.schema),
        table=sql.Literal(table.table),
        column=sql.Literal(location.column_name or ""),
        citations=sql.Literal(citations),
    )
