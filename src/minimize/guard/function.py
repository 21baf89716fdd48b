"""The trigger function of one location, in the mode its field asks for. Pure."""

from __future__ import annotations

from psycopg import sql

from minimize.locations import TableRow, exempt, let_through_again
from minimize.locations.row import NEW
from minimize.policy import Field, Location

# It runs as its owner, who may use schema minimize, mute the server log and count; who writes need have no such
# rights. Names in a predicate are looked up in pg_catalog only: on any other path, whoever may create an operator
# there could have it run as the owner, and decide what is exempt. Purge, check and proof use the same path.
_FUNCTION = sql.SQL("""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
BEGIN
  -- WHEN has seen that NEW carries the field.
  IF {exempt} THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF {again} THEN
      RETURN NEW;
    END IF;
  END IF;
{act}
  RETURN NEW;
END
$guard$""")

_REPORT = sql.SQL(
    "  PERFORM minimize.{routine}({counter}, {field}, {location}, {schema}, {table}, {column}, {citations});"
)


def guard_function(field: Field, location: Location, row: TableRow, citations: str, name: str) -> sql.Composed:
    """Return the statement that creates a location's trigger function.

    reject raises MZ001. strip takes the field out of the row and warns; where a later trigger puts it back, it
    rejects; in a table that is retired as a whole it skips the row. warn lets the write through and warns. All three
    count.
    """
    refuse = _report("refuse_v1", field, location, citations, name)
    warn = _report("warn_v1", field, location, citations, name)
    act = {"reject": refuse, "strip": _strip(location, row, refuse, warn), "warn": warn}[field.on_write]
    return _FUNCTION.format(
        name=sql.Identifier("minimize", f"guard_{name}"),
        exempt=exempt(location, row.aliased(NEW)),
        again=let_through_again(location, row),
        act=act,
    )


def _strip(location: Location, row: TableRow, refuse: sql.Composable, warn: sql.Composable) -> sql.Composable:
    if location.column_name is None:
        rest: sql.Composable = sql.SQL("{}\n  RETURN NULL;").format(warn)
    else:
        new = row.aliased(NEW)
        rest = sql.SQL("  {} := {};\n{}").format(new(location.column_name), location.without(new), warn)
    return sql.SQL("  IF TG_WHEN = 'AFTER' THEN\n  {}\n  END IF;\n{}").format(refuse, rest)


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
