"""Drift: each difference between the guard in the database and the guard that the policy needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Site, Survey, SurveyedTable, citations
from minimize.guard.check_constraint import CHECK_PREFIX, CONSTRAINT_DIGEST, GuardConstraint
from minimize.guard.definition import Guard, guard_of_location
from minimize.guard.triggers import DEFINITION_DIGEST, PREFIX, GuardTrigger
from minimize.sql import ADDED_SINCE_FIRST_RELEASE, ROUTINES, body_digest, is_definer, settings

DriftProblem = Literal[
    "missing",
    "disabled",
    "not enabled always",
    "altered",
    "policy changed",
    "fires after the guard",
    "orphaned",
    "made by an earlier release",
]

EARLIER_RELEASE: Final[DriftProblem] = "made by an earlier release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One difference between a location's guard and the policy."""

    location: str
    trigger: str
    """Its name, or that of the guard's CHECK constraint."""
    relation: str
    problem: DriftProblem


class Installed(NamedTuple):
    """A trigger or a CHECK of ours as the catalog has it."""

    relation: int
    relation_name: str
    name: str
    enabled: str
    comment: str | None
    definition: str | None
    is_clone: bool


_INSTALLED = sql.SQL("""
SELECT t.tgrelid AS relation, t.tgrelid::regclass::text AS relation_name, t.tgname AS name,
       t.tgenabled::text AS enabled, obj_description(t.oid, 'pg_trigger') AS comment, {digest} AS definition,
       t.tgparentid <> 0 AS is_clone
FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
WHERE t.tgrelid = ANY (%(relations)s) AND starts_with(t.tgname, {prefix})
UNION ALL
SELECT c.conrelid, c.conrelid::regclass::text, c.conname, 'A', obj_description(c.oid, 'pg_constraint'),
       {check_digest}, NOT c.conislocal
FROM pg_constraint AS c LEFT JOIN pg_proc AS p
  ON p.oid = to_regprocedure(format('minimize.%%I(oid)', 'guard_' || substr(c.conname, length({check_prefix}) + 1)))
WHERE c.conrelid = ANY (%(relations)s) AND starts_with(c.conname, {check_prefix})
""").format(
    digest=DEFINITION_DIGEST,
    prefix=sql.Literal(PREFIX),
    check_digest=CONSTRAINT_DIGEST,
    check_prefix=sql.Literal(CHECK_PREFIX),
)

_ANY_GUARD = sql.SQL("SELECT EXISTS (SELECT FROM pg_trigger WHERE starts_with(tgname, {}))").format(sql.Literal(PREFIX))

# Row triggers BEFORE INSERT or UPDATE that sort after ours fire later and can write the value back.
_LATER = sql.SQL("""
SELECT t.tgrelid::regclass::text, t.tgname, t.tgtype & 16 <> 0 FROM pg_trigger AS t
WHERE t.tgrelid = ANY (%s) AND NOT t.tgisinternal AND t.tgtype & 3 = 3 AND t.tgtype & 20 <> 0 AND t.tgenabled <> 'D'
  AND t.tgname COLLATE "C" > {prefix} COLLATE "C" AND NOT starts_with(t.tgname, {prefix})
""").format(prefix=sql.Literal(PREFIX))


def find_drift(conn: Connection, survey: Survey) -> tuple[Drift, ...]:
    """Compare every present location's guard with the policy; reads catalogs only.

    An empty result means: each trigger is there on the table and on all of its partitions and children, enabled
    ALWAYS, made from this policy, unchanged since, and the last to fire. A guard that an earlier release made from
    this policy refuses the same writes, and is no drift.
    """
    return tuple(entry for entry in _compare_all(conn, survey) if entry.problem != EARLIER_RELEASE)


def find_earlier_guards(conn: Connection, survey: Survey) -> tuple[str, ...]:
    """Return the locations with an intact guard that an earlier release installed; op.guard_field renews it."""
    found = _compare_all(conn, survey)
    return tuple(dict.fromkeys(entry.location for entry in found if entry.problem == EARLIER_RELEASE))


def _compare_all(conn: Connection, survey: Survey) -> tuple[Drift, ...]:
    # The rollback restores the setting, also inside a transaction of the caller's.
    with translate_errors("reading the guard"), conn.transaction(force_rollback=True):
        conn.execute("SET LOCAL search_path = pg_catalog")
        tables = [table for table in survey.tables if table.facts]
        drift = [entry for table in tables for entry in _table_drift(conn, survey, table)]
        # Missing routines are reported only where something is guarded.
        is_guarded = conn.execute(_ANY_GUARD).fetchone() == (True,)
        is_earlier = any(entry.problem == EARLIER_RELEASE for entry in drift)
        return (*drift, *(_routine_drift(conn, is_earlier=is_earlier) if is_guarded else ()))


def _table_drift(conn: Connection, survey: Survey, table: SurveyedTable) -> Iterator[Drift]:
    assert table.facts is not None
    relations = {
        table.facts.oid: str(table.name),
        **{leaf.oid: str(leaf.name) for leaf in table.facts.leaves},
    }
    with conn.cursor(row_factory=class_row(Installed)) as cursor:
        found = {(t.relation, t.name): t for t in cursor.execute(_INSTALLED, {"relations": list(relations)})}
    expected = [(site, part) for site in table.present for part in guard_of(survey, site).parts]
    for site, part in expected:
        for relation, relation_name in relations.items():
            if table.facts.kind != "p" and relation_name != str(part.table):
                continue
            problem = _compare(part, found.get((relation, part.name)))
            if problem:
                yield Drift(location=site.name, trigger=part.name, relation=relation_name, problem=problem)
    yield from _foreign(conn, table, found, {part.name for _, part in expected})


def _routine_drift(conn: Connection, *, is_earlier: bool) -> Iterator[Drift]:
    """Yield the routines that every guard relies on and that are not as this release installs them.

    Args:
        is_earlier: An earlier release guarded this database, which did not install the routines of today.
    """
    for name, signature in ROUTINES.items():
        row = conn.execute(
            "SELECT md5(prosrc), prosecdef, proconfig IS NOT DISTINCT FROM %s::text[]"
            " FROM pg_proc WHERE oid = to_regprocedure(%s)",
            [settings(name), signature],
        ).fetchone()
        if row is None:
            if not (is_earlier and name in ADDED_SINCE_FIRST_RELEASE):
                yield Drift(location="", trigger="-", relation=signature, problem="missing")
        elif row != (body_digest(name), is_definer(name), True):
            yield Drift(location="", trigger="-", relation=signature, problem="altered")


def _compare(expected: GuardTrigger | GuardConstraint, found: Installed | None) -> DriftProblem | None:
    if found is None:
        return "missing"
    if found.enabled != "A":
        return "disabled" if found.enabled == "D" else "not enabled always"
    if found.is_clone:
        return None  # PostgreSQL keeps a clone's definition equal to its parent's, and gives it no comment.
    sealed = dict(part.split("=", 1) for part in (found.comment or "").split() if "=" in part)
    made_from = sealed.get("policy")
    if made_from not in (expected.policy_digest, *expected.earlier_digests):
        return "policy changed" if made_from else "altered"
    if sealed.get("definition") != found.definition:
        return "altered"
    return None if made_from == expected.policy_digest else EARLIER_RELEASE


def _foreign(
    conn: Connection, table: SurveyedTable, found: dict[tuple[int, str], Installed], expected: set[str]
) -> Iterator[Drift]:
    """Yield triggers of ours that the policy does not need, and other triggers that fire after ours."""
    for trigger in found.values():
        if trigger.name not in expected and not trigger.is_clone:
            yield Drift(location="", trigger=trigger.name, relation=trigger.relation_name, problem="orphaned")
    assert table.facts is not None
    relations = [table.facts.oid, *(leaf.oid for leaf in table.facts.leaves)]
    if table.present:
        for relation, name, is_on_update in conn.execute(_LATER, [relations]):
            for site in table.present:
                # The CHECK is evaluated after all triggers, but it accepts a row that BEFORE UPDATE has allowed.
                if is_on_update or site.field.on_write != "reject":
                    yield Drift(
                        location=site.name, trigger=str(name), relation=str(relation), problem="fires after the guard"
                    )


def guard_of(survey: Survey, site: Site) -> Guard:
    """Return the guard that the policy needs at a site."""
    return guard_of_location(site.field, site.location, site.row, citations(survey.policy, site.field), site.hosts)
