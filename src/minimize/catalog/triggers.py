"""The triggers of others on a table that an UPDATE would fire, and whether one would copy the old row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from psycopg import sql
from psycopg.rows import class_row

from minimize.catalog.connection import Connection, translated
from minimize.catalog.survey import Site, SurveyedTable


@dataclass(frozen=True, slots=True)
class UpdateTrigger:
    """A user's trigger that fires on UPDATE in an ordinary session."""

    relation: str
    name: str
    function: str
    language: str
    source: str
    is_builtin: bool
    is_row: bool
    old_table: str | None
    columns: list[str]


@dataclass(frozen=True, slots=True)
class CopyingTrigger:
    """A trigger that would write retired values elsewhere while they are being erased."""

    relation: str
    name: str
    function: str
    why: str


_TRIGGERS = sql.SQL("""
WITH RECURSIVE tree AS (
  SELECT %s::oid AS oid
  UNION
  SELECT i.inhrelid FROM pg_inherits AS i JOIN tree ON i.inhparent = tree.oid)
SELECT t.tgrelid::regclass::text AS relation, t.tgname AS name, t.tgfoid::regproc::text AS function,
       l.lanname AS language, p.prosrc AS source, p.pronamespace = 'pg_catalog'::regnamespace AS is_builtin,
       t.tgtype & 1 = 1 AS is_row, t.tgoldtable AS old_table,
       ARRAY(SELECT a.attname::text FROM unnest(t.tgattr) AS n
             JOIN pg_attribute AS a ON a.attrelid = t.tgrelid AND a.attnum = n) AS columns
FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid JOIN pg_language AS l ON l.oid = p.prolang
WHERE t.tgrelid IN (SELECT oid FROM tree) AND NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgtype & 16 = 16
  AND t.tgenabled IN ('O', 'A') AND p.pronamespace <> coalesce(to_regnamespace('minimize'), 0::oid)
ORDER BY 1, 2
""")

_TAKES_WHOLE_ROW = re.compile(r"\bold\b(?!\s*\.\s*[\"\w])", re.IGNORECASE)
# A literal is matched first, so that what looks like a comment inside one is none.
_COMMENT = re.compile(r"('(?:[^']|'')*')|--[^\n]*|/\*.*?\*/", re.DOTALL)
_SIDE = r"\b{}\b(?:\s*\.\s*(?:\w+|\"[^\"]+\"|\*))?"
_OLD, _NEW = _SIDE.format("old"), _SIDE.format("new")
_DIFFERS = r"\s*(?:IS\s+(?:NOT\s+)?DISTINCT\s+FROM|<>|!=)\s*"
# What reads the old row and puts it nowhere: comparing it with the new one, and returning it.
_HARMLESS = re.compile(
    rf"{_OLD}{_DIFFERS}{_NEW}(?!\s*[.(])|{_NEW}{_DIFFERS}{_OLD}(?!\s*[.(])|\bRETURN\s+OLD\s*;", re.IGNORECASE
)


def find_copying_triggers(conn: Connection, table: SurveyedTable) -> tuple[CopyingTrigger, ...]:
    """Return the triggers on a table that would copy a retired value when it is erased.

    What a PL/pgSQL or SQL function does with OLD is judged by its text: one that takes the whole old row is
    reported unless it names each retired column or member in a string, as in `to_jsonb(OLD) - 'place_of_birth'`. A
    function in another language cannot be read and is reported.
    """
    if table.facts is None or not table.present:
        return ()
    with (
        translated(f"reading the triggers of {table.name}"),
        conn.cursor(row_factory=class_row(UpdateTrigger)) as cursor,
    ):
        triggers = cursor.execute(_TRIGGERS, [table.facts.oid]).fetchall()
    return tuple(_judged(triggers, table.present))


def _judged(triggers: Collection[UpdateTrigger], sites: Collection[Site]) -> Iterator[CopyingTrigger]:
    written = {site.location.column_name for site in sites}
    for trigger in triggers:
        if trigger.columns and not written & set(trigger.columns):
            continue
        why = why_copies(trigger, sites)
        if why:
            yield CopyingTrigger(trigger.relation, trigger.name, trigger.function, why)


def why_copies(trigger: UpdateTrigger, sites: Collection[Site]) -> str | None:
    """Return why a trigger counts as copying, None where it does not."""
    if trigger.is_builtin:
        return None
    if trigger.language not in ("plpgsql", "sql"):
        return f"its function is in {trigger.language} and cannot be read"
    source = _COMMENT.sub(lambda match: match[1] or " ", trigger.source)
    if trigger.old_table:
        source = re.sub(rf"\b{re.escape(trigger.old_table)}\b", "OLD", source)
    source = _HARMLESS.sub(" ", source)
    for site in sites:
        column = site.location.column_name or ""
        if re.search(rf'\bold\s*\.\s*"?{re.escape(column)}\b', source, re.IGNORECASE):
            return f"it reads OLD.{column}"
    if not (trigger.old_table or _TAKES_WHOLE_ROW.search(source)):
        return None
    literals = " ".join(re.findall(r"'((?:[^']|'')*)'", source))
    names = {_last_name(site) for site in sites}
    unnamed = sorted(name for name in names if not re.search(rf"\b{re.escape(name)}\b", literals))
    return f"it takes the whole old row and does not leave out {', '.join(unnamed)}" if unnamed else None


def _last_name(site: Site) -> str:
    """Return what a function would have to name to leave this location out: the member, or else the column."""
    words = re.findall(r"\w+", site.name)
    return site.location.column_name or "" if site.location.kind == "column" else words[-1]
