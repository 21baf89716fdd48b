"""The DDL watch: an event trigger that refuses new columns under a retired name. Pure."""

from __future__ import annotations

import hashlib
from typing import Final

from psycopg import sql

from minimize.diagnostics import RETIRED_FIELD, RETIRED_FIELD_EARLIER
from minimize.policy import Policy, names_of, normal_form
from minimize.sql import do_block, dollar_quoted

TAGS = (
    "CREATE TABLE",
    "CREATE TABLE AS",
    "SELECT INTO",
    "ALTER TABLE",
    "CREATE VIEW",
    "ALTER VIEW",
    "CREATE MATERIALIZED VIEW",
    "ALTER MATERIALIZED VIEW",
    "CREATE FOREIGN TABLE",
    "ALTER FOREIGN TABLE",
    "IMPORT FOREIGN SCHEMA",
    "CREATE SCHEMA",
    "CREATE TYPE",
    "ALTER TYPE",
)

# Every column with a retired name in a watched schema, of a relation of any kind. A partition has the columns of its
# parent and is checked with it.
_BEARING = sql.SQL("""
SELECT format('%I.%I.%I', n.nspname, c.relname, a.attname) AS column_name, r.field, r.citations
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN unnest({names}::text[], {fields}::text[], {citations}::text[]) AS r (name, field, citations)
  ON lower(regexp_replace(a.attname, '[_ -]', '', 'g')) = r.name
WHERE n.nspname = ANY ({schemas}::text[]) AND NOT c.relispartition AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')""")

# The message and the hint are the same in every release; what follows them is not.
_RAISE = sql.SQL("""RAISE EXCEPTION USING ERRCODE = {sqlstate},
      MESSAGE = format('column %s bears the name of a retired field', found.column_name),
      HINT = format('Field %s is no longer collected (%s): choose another name, or have it reviewed as a'
                    ' [[watch.exemption]] of the policy.', found.field, found.citations),
      SCHEMA = (parse_ident(found.column_name))[1], TABLE = (parse_ident(found.column_name))[2],
      COLUMN = (parse_ident(found.column_name))[3]{more};""")

_CURRENT: Final = _RAISE.format(
    sqlstate=sql.Literal(RETIRED_FIELD),
    more=sql.SQL(",\n      CONSTRAINT = found.column_name, DATATYPE = found.field"),
)
_EARLIER: Final = (_RAISE.format(sqlstate=sql.Literal(RETIRED_FIELD_EARLIER), more=sql.SQL("")),)
"""What the watch of earlier releases raised. It refuses the same names."""


def watch_name(policy: Policy) -> str:
    """Return the name of the policy's event trigger and of its function."""
    return f"minimize_watch_{hashlib.sha256(policy.id.encode()).hexdigest()[:8]}"


def install_watch(policy: Policy) -> sql.Composed:
    """Return the statement that installs the watch; without the privilege it raises a NOTICE instead.

    Columns that have a retired name at that time may stay: they are locations of the policy, or not reviewed yet.
    Installing it again, as guard_field and drop_field do, records the existing columns again.
    """
    return do_block(
        sql.SQL("""DECLARE
  present text[];
BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger WHERE evtname = {literal}) THEN
    DROP EVENT TRIGGER {name};
  END IF;
  SELECT coalesce(array_agg(DISTINCT column_name), '{{}}') INTO present FROM ({bearing}) AS b;
  EXECUTE replace({function}, '/*present*/', quote_literal(present));
  CREATE EVENT TRIGGER {name} ON ddl_command_end WHEN TAG IN ({tags}) EXECUTE FUNCTION {routine}();
  ALTER EVENT TRIGGER {name} ENABLE ALWAYS;
  EXECUTE format('COMMENT ON EVENT TRIGGER {name} IS %L', {digest} || (
    SELECT md5(prosrc) FROM pg_proc WHERE oid = {signature}::regprocedure));
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'ddl watch: not installed (needs superuser)';
END""").format(
            name=sql.Identifier(watch_name(policy)),
            literal=sql.Literal(watch_name(policy)),
            bearing=_BEARING.format(**_arguments(policy)),
            function=sql.Literal(_function(policy).as_string(None)),
            tags=sql.SQL(", ").join(map(sql.Literal, TAGS)),
            routine=_routine(policy),
            digest=sql.Literal(f"minimize watch policy={watch_digest(policy)} definition="),
            signature=sql.Literal(_routine(policy).as_string(None) + "()"),
        )
    )


def remove_watch(policy: Policy) -> sql.Composed:
    """Return the statement that removes the watch if it exists."""
    return do_block(
        sql.SQL(
            "BEGIN\n  IF EXISTS (SELECT FROM pg_event_trigger WHERE evtname = {literal}) THEN\n"
            "    DROP EVENT TRIGGER {name};\n    DROP FUNCTION IF EXISTS {routine}();\n  END IF;\nEND"
        ).format(
            literal=sql.Literal(watch_name(policy)),
            name=sql.Identifier(watch_name(policy)),
            routine=_routine(policy),
        )
    )


def watch_digest(policy: Policy) -> str:
    """Return the digest of what this release installs for the policy."""
    return _digest(_function(policy))


def earlier_watch_digests(policy: Policy) -> tuple[str, ...]:
    """Return the digests that earlier releases recorded for the same policy."""
    return tuple(_digest(_function(policy, refuse)) for refuse in _EARLIER)


def _digest(function: sql.Composed) -> str:
    return hashlib.sha256(function.as_string(None).encode()).hexdigest()[:16]


def watched_schemas(policy: Policy) -> tuple[str, ...]:
    """Return the schemas of the locations and those that `[watch]` adds."""
    located = {location.table_name.schema for field in policy.fields for location in field.locations}
    return tuple(sorted(located | set(policy.watch.schemas)))


def _routine(policy: Policy) -> sql.Identifier:
    return sql.Identifier("minimize", watch_name(policy))


def _arguments(policy: Policy) -> dict[str, sql.Composable]:
    by_id = {authority.id: authority.citation for authority in policy.authorities}
    rows = {
        normal_form(name): (field.id, ", ".join(by_id[authority] for authority in field.authorities))
        for field in policy.fields
        for name in names_of(field)
    }
    return {
        "names": sql.Literal(list(rows)),
        "fields": sql.Literal([field for field, _ in rows.values()]),
        "citations": sql.Literal([citations for _, citations in rows.values()]),
        "schemas": sql.Literal(list(watched_schemas(policy))),
    }


def _function(policy: Policy, refuse: sql.Composable = _CURRENT) -> sql.Composed:
    exempt = [str(exemption.name) for exemption in policy.watch.exemptions]
    body = sql.SQL("""DECLARE
  found record;
BEGIN
  FOR found IN {bearing} AND c.oid IN (
      SELECT objid FROM pg_event_trigger_ddl_commands() WHERE classid = 'pg_class'::regclass
      UNION SELECT t.typrelid FROM pg_event_trigger_ddl_commands() AS d JOIN pg_type AS t ON t.oid = d.objid
        WHERE d.classid = 'pg_type'::regclass)
  LOOP
    CONTINUE WHEN found.column_name = ANY (/*present*/::text[] || {exempt}::text[]);
    {refuse}
  END LOOP;
END""").format(
        bearing=_BEARING.format(**_arguments(policy)),
        exempt=sql.Literal(exempt),
        refuse=refuse,
    )
    return sql.SQL(
        "CREATE OR REPLACE FUNCTION {routine}() RETURNS event_trigger\n"
        "LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS {body}"
    ).format(routine=_routine(policy), body=dollar_quoted(body, "watch"))
