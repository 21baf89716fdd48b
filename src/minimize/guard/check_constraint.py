"""The CHECK of a guard: it refuses a row before it is written, also when COPY inserts page by page. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql

from minimize.guard.functions import check_signature, function_name
from minimize.guard.seals import accepted_seals, seal
from minimize.locations import TableRow, proof
from minimize.locations.object_names import guard_name, identifier, literal
from minimize.policy import Field, Location, TableName
from minimize.sql import do_block

CHECK_PREFIX = "!minimize_"
"""CHECKs are evaluated in the byte order of their names, and `!` is the first printable ASCII character after space."""

# Covers the constraint as PostgreSQL prints it and the body of the function it calls, as for a trigger. A validated
# constraint refuses the same rows, so NOT VALID is left out.
CONSTRAINT_DIGEST = sql.SQL(
    "current_setting('server_version_num')::int / 10000 || ':' || "
    "md5(replace(pg_get_constraintdef(c.oid), ' NOT VALID', '') || p.prosrc || p.prosecdef || "
    "coalesce(p.proconfig::text, ''))"
)

_INSTALL = sql.SQL("""DECLARE
  relation regclass;
  definition text;
  path text := current_setting('search_path');
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
{drop}
  EXECUTE {add};
  SELECT {digest} INTO STRICT definition FROM pg_constraint AS c, pg_proc AS p
    WHERE c.conrelid = {table}::regclass AND c.conname = {name} AND p.oid = {function}::regprocedure;
  EXECUTE format('COMMENT ON CONSTRAINT %I ON %s IS %L', {name}, {table}, {policy} || definition);
  PERFORM set_config('search_path', path, true);
END""")

_REMOVE = sql.SQL("""DECLARE
  relation regclass;
BEGIN
{drop}
  BEGIN
    DROP FUNCTION IF EXISTS {routine}(oid);
  EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE NOTICE '% stays: a table that was detached, or made LIKE %, has a CHECK that calls it', {function}, {table};
  END;
END""")

# Inherited constraints are dropped with the parent's. An attached partition may have one of its own as well.
_DROP = sql.SQL("""  LOOP
    WITH RECURSIVE tree AS (
      SELECT to_regclass({table})::oid AS oid
      UNION
      SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
    SELECT c.conrelid INTO relation FROM pg_constraint AS c JOIN tree ON tree.oid = c.conrelid
      WHERE c.conname = {name} AND c.coninhcount = 0 LIMIT 1;
    EXIT WHEN NOT FOUND;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, {name});
  END LOOP;""")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardConstraint:
    """The CHECK of a guard, on the location's table; partitions and children inherit it."""

    table: TableName
    guard: str
    check: sql.Composable
    policy_digest: str
    earlier_digests: tuple[str, ...]
    """Digests that earlier releases recorded for the same policy."""

    @property
    def name(self) -> str:
        """The constraint's name."""
        return f"{CHECK_PREFIX}{self.guard}"

    def install(self) -> sql.Composed:
        """Return the statement that creates or replaces it and records its digests.

        NOT VALID, so that no row is read and existing rows stay. Created with search_path = pg_catalog, so that a
        predicate means the same as in the triggers. It needs ACCESS EXCLUSIVE for a moment.
        """
        return do_block(
            _INSTALL.format(
                drop=_DROP.format(**self._literals()),
                add=sql.Literal(
                    sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({}) NOT VALID")
                    .format(identifier(self.table), sql.Identifier(self.name), self.check)
                    .as_string(None)
                ),
                digest=CONSTRAINT_DIGEST,
                **self._literals(),
            )
        )

    def remove(self) -> sql.Composed:
        """Return the statement that drops it from the table and its children, and then its function.

        A table that was detached, or made LIKE this one, keeps its CHECK; then the function stays too.
        """
        return do_block(
            _REMOVE.format(drop=_DROP.format(**self._literals()), routine=function_name(self.guard), **self._literals())
        )

    def is_intact(self) -> sql.Composed:
        """Return a condition: it exists and is unaltered. Evaluate it with search_path = pg_catalog."""
        return sql.SQL(
            "EXISTS (SELECT FROM pg_constraint AS c JOIN pg_proc AS p ON p.oid = to_regprocedure({function})"
            " WHERE c.conrelid = to_regclass({table}) AND c.conname = {name}"
            " AND obj_description(c.oid, 'pg_constraint') = ANY ({seals}))"
        ).format(seals=accepted_seals(self, CONSTRAINT_DIGEST), **self._literals())

    def _literals(self) -> dict[str, sql.Literal]:
        return {
            "table": literal(self.table),
            "name": sql.Literal(self.name),
            "function": sql.Literal(check_signature(self.guard)),
            "policy": sql.Literal(seal(self.policy_digest)),
        }


def check_name(field: Field, location: Location) -> str:
    """Return the name of a location's guard constraint."""
    return f"{CHECK_PREFIX}{guard_name(field.id, location)}"


def check_condition(location: Location, row: TableRow, guard: str) -> sql.Composable:
    """Return the condition: the row does not carry the field, or is exempt, or the guard's function allows it.

    OR is evaluated from left to right, so a clean row calls no function. The function receives the relation because a
    row that moves to another partition is a new row there.
    """
    return sql.SQL("{} OR {}(tableoid)").format(proof(location, row), function_name(guard))
