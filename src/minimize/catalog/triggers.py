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

    A PL/pgSQL or SQL function is judged by its text. One that names a retired column, other than of NEW, is
    reported; so is one that takes the whole old row, unless it takes each retired column or member out again, as
    `to_jsonb(OLD) - 'place_of_birth'` and `#- '{form,applicant,placeOfBirth}'` do; so is one with dynamic SQL. A
    function in another language cannot be read and is reported. What a function calls is not followed.
    """
    # A table that is retired as a whole is not updated by a purge.
    written = tuple(site for site in table.present if site.location.column_name is not None)
    if table.facts is None or not written:
        return ()
    with (
        translated(f"reading the triggers of {table.name}"),
        conn.cursor(row_factory=class_row(UpdateTrigger)) as cursor,
    ):
        triggers = cursor.execute(_TRIGGERS, [table.facts.oid]).fetchall()
    return tuple(_judged(triggers, written))


def fires_triggers(conn: Connection, table: SurveyedTable) -> bool:
    """Whether an UPDATE of the table fires any trigger but ours, harmless or not."""
    assert table.facts is not None
    with translated(f"reading the triggers of {table.name}"):
        return conn.execute(_TRIGGERS, [table.facts.oid]).fetchone() is not None


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
    if trigger.language in ("plpgsql", "sql"):
        return _why_text_copies(trigger, sites)
    return f"its function is in {trigger.language} and cannot be read"


def _why_text_copies(trigger: UpdateTrigger, sites: Collection[Site]) -> str | None:
    source = _COMMENT.sub(lambda match: match[1] or " ", trigger.source)
    if trigger.old_table:
        source = re.sub(rf"\b{re.escape(trigger.old_table)}\b", "OLD", source)
    source = _HARMLESS.sub(" ", source)
    takes_row = bool(trigger.old_table or _TAKES_WHOLE_ROW.search(source))
    if takes_row and re.search(r"\bexecute\b", source, re.IGNORECASE):
        return "it takes the whole old row and runs dynamic SQL, which cannot be read"
    code = re.sub(r"'(?:[^']|'')*'|\bnew\s*\.\s*(?:\w+|\"[^\"]+\")", " ", source, flags=re.IGNORECASE)
    for column in sorted({site.location.column_name or "" for site in sites}):
        if re.search(rf'\bold\s*\.\s*"?{re.escape(column)}\b', code, re.IGNORECASE):
            return f"it reads OLD.{column}"
        if re.search(rf"\b{re.escape(column)}\b", code, re.IGNORECASE):
            return f"it names {column}, and may read it"
    if not takes_row:
        return None
    unnamed = sorted({_last_name(site) for site in sites} - _taken_out(source))
    return f"it takes the whole old row and does not leave out {', '.join(unnamed)}" if unnamed else None


def _taken_out(source: str) -> set[str]:
    """Return the names that a function may take out of a row: whole literals and the elements of array literals.

    Only where it takes anything out at all: a name that is merely mentioned, in a message say, does not count.
    """
    if not re.search(r"#-|-\s*(?:ARRAY\s*\[|')|\bjsonb_without_v1\b", source, re.IGNORECASE):
        return set()
    literals = (match.strip() for match in re.findall(r"'((?:[^']|'')*)'", source))
    return {name.strip(' "') for text in literals for name in text.removeprefix("{").removesuffix("}").split(",")}


def _last_name(site: Site) -> str:
    """Return what a function would have to name to leave this location out: the member, or else the column."""
    words = re.findall(r"\w+", site.name)
    return words[-1] if site.location.kind == "json_path" else site.location.column_name or ""
