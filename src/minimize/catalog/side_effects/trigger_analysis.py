"""What the function of a trigger does with a row, judged by its text. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from minimize.catalog.survey import Site


@dataclass(frozen=True, slots=True)
class Trigger:
    """A user's trigger and the function it calls."""

    relation: str
    name: str
    function: str
    language: str
    source: str
    """The function's text; of one in C its symbol."""
    library: str | None
    is_builtin: bool
    is_row: bool
    is_before: bool
    old_table: str | None
    columns: list[str]
    """Those of `UPDATE OF`; none stands for all."""
    arguments: bytes
    """Each ends with a zero byte, as in pg_trigger."""

    @property
    def is_readable(self) -> bool:
        """Whether the function has a text that can be judged."""
        return self.language in ("plpgsql", "sql")

    @property
    def symbol(self) -> str:
        """The name a function in C is known by, empty for one that is not known here."""
        library = (self.library or "").rpartition("/")[2]
        is_known = self.is_builtin or (self.language == "c" and _CONTRIB.get(self.source) == library)
        return self.source if is_known else ""

    @property
    def words(self) -> list[str]:
        """The arguments of CREATE TRIGGER."""
        return [word.decode(errors="replace") for word in self.arguments.split(b"\0")[:-1]]


# Functions in C of PostgreSQL's contrib modules, by symbol, and their libraries. What they do stands in the manual, and
# they put the old row nowhere.
_CONTRIB = {"moddatetime": "moddatetime", "insert_username": "insert_username", "autoinc": "autoinc", "lo_manage": "lo"}
_STAMPING = frozenset({"moddatetime", "insert_username"})
_TEXT_SEARCH = frozenset({"tsvector_update_trigger_byid", "tsvector_update_trigger_bycolumn"})

_TAKES_WHOLE_ROW = re.compile(r"\bold\b(?!\s*\.\s*[\"\w])", re.IGNORECASE)
# A literal is matched first, so that what looks like a comment inside one is none.
_COMMENT = re.compile(r"('(?:[^']|'')*')|--[^\n]*|/\*.*?\*/", re.DOTALL)
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_SIDE = r"\b{}\b(?:\s*\.\s*(?:\w+|\"[^\"]+\"|\*))?"
_OLD, _NEW = _SIDE.format("old"), _SIDE.format("new")
_DIFFERS = r"\s*(?:IS\s+(?:NOT\s+)?DISTINCT\s+FROM|<>|!=)\s*"
# What reads the old row and puts it nowhere: comparing it with the new one, and returning it.
_HARMLESS = re.compile(
    rf"{_OLD}{_DIFFERS}{_NEW}(?!\s*[.(])|{_NEW}{_DIFFERS}{_OLD}(?!\s*[.(])|\bRETURN\s+OLD\s*;", re.IGNORECASE
)
_DYNAMIC = re.compile(r"\bexecute\b", re.IGNORECASE)
_WHOLE_ROWS = re.compile(
    r"(?:\bselect\s+(?:distinct\s+)?|[.,]\s*)\*|\bto_jsonb?\s*\(|\brow_to_json\s*\(|\btable\b", re.IGNORECASE
)

# An assignment stands where a statement does; elsewhere `=` compares.
_STATEMENT = r"(?:^|;|\bBEGIN\b|\bTHEN\b|\bELSE\b|\bLOOP\b|>>)\s*"
_NAME = r"(\w+|\"[^\"]+\")"
_ASSIGNED = re.compile(rf"{_STATEMENT}NEW\s*\.\s*{_NAME}[^;:=]*:?=", re.IGNORECASE)
_RETURNED = r"(?:NEW|OLD|NULL|COALESCE\s*\(\s*(?:NEW\s*,\s*OLD|OLD\s*,\s*NEW)\s*\))\s*;"
_ASSIGNED_ROW = re.compile(rf"{_STATEMENT}NEW\s*:?=|\bRETURN\b(?!\s*{_RETURNED}|\s*;)", re.IGNORECASE)
_INTO = re.compile(r"\bINTO\s+(?:STRICT\s+)?((?:[\w.\"]+\s*,\s*)*[\w.\"]+)", re.IGNORECASE)
_TARGET = re.compile(rf"\bNEW\b(?:\s*\.\s*{_NAME})?", re.IGNORECASE)


def why_copies(trigger: Trigger, sites: Collection[Site]) -> str | None:
    """Return why an UPDATE trigger counts as copying what is erased, None where it does not."""
    if trigger.symbol or not trigger.is_readable:
        return _why_unread(trigger)
    source = _HARMLESS.sub(" ", _code(trigger))
    takes_row = bool(trigger.old_table or _TAKES_WHOLE_ROW.search(source))
    if takes_row and _DYNAMIC.search(source):
        return "it takes the whole old row and runs dynamic SQL, which cannot be read"
    code = re.sub(r"'(?:[^']|'')*'|\bnew\s*\.\s*(?:\w+|\"[^\"]+\")", " ", source, flags=re.IGNORECASE)
    for column in sorted({site.location.column_name or "" for site in sites}):
        if re.search(rf'\bold\s*\.\s*"?{re.escape(column)}\b', code, re.IGNORECASE):
            return f"it reads OLD.{column}"
        if re.search(rf"\b{re.escape(column)}\b", code, re.IGNORECASE):
            return f"it names {column}, and may read it"
    if takes_row:
        unnamed = sorted({site.location.name_in_copy for site in sites} - _taken_out(source))
        return f"it takes the whole old row and does not leave out {', '.join(unnamed)}" if unnamed else None
    # Before the UPDATE the old row can also be read from the table itself.
    reads_table = trigger.is_before and _WHOLE_ROWS.search(code) and _read_from(code, trigger, sites)
    return f"it reads {reads_table} before the row is changed" if reads_table else None


def why_copies_rows(trigger: Trigger, sites: Collection[Site]) -> str | None:
    """Return why a DELETE or TRUNCATE trigger counts as copying rows that are disposed of, None where it does not.

    The whole row is retired, so that any column of OLD is part of it.
    """
    if trigger.symbol or not trigger.is_readable:
        return _why_unread(trigger)
    code = _LITERAL.sub(" ", _HARMLESS.sub(" ", _code(trigger)))
    if _DYNAMIC.search(code):
        return "it runs dynamic SQL, which cannot be read"
    if re.search(r"\bold\b", code, re.IGNORECASE):
        return "it reads OLD"
    reads_table = trigger.is_before and _read_from(code, trigger, sites)
    return f"it reads {reads_table} before the rows are gone" if reads_table else None


def assigned_columns(trigger: Trigger, written: Collection[str]) -> set[str] | None:
    """Return the columns of NEW that a BEFORE trigger may assign; None where it may assign any.

    Of PL/pgSQL that assigns NEW as a whole, or returns another row, nothing more is known; nor of a function in a
    language that cannot be read. What a function calls cannot assign to its NEW.

    Args:
        trigger: The trigger.
        written: The columns that the UPDATE itself assigns.
    """
    if trigger.symbol:
        is_stamping = trigger.symbol in _STAMPING or (
            # It leaves the vector alone unless a column that goes into it is assigned.
            trigger.symbol in _TEXT_SEARCH and not set(written).isdisjoint(trigger.words[2:])
        )
        return set(trigger.words[:1]) if is_stamping else set()
    if not trigger.is_readable:
        return None
    code = _LITERAL.sub("''", _code(trigger))
    if _ASSIGNED_ROW.search(code):
        return None
    targets = [match[1] for into in _INTO.findall(code) for match in _TARGET.finditer(into)]
    if None in targets:
        return None
    return {_folded(name) for name in (*targets, *_ASSIGNED.findall(code))}


def _why_unread(trigger: Trigger) -> str | None:
    return None if trigger.symbol else f"its function is in {trigger.language} and cannot be read"


def _code(trigger: Trigger) -> str:
    source = _COMMENT.sub(lambda match: match[1] or " ", trigger.source)
    if trigger.old_table:
        source = re.sub(rf"\b{re.escape(trigger.old_table)}\b", "OLD", source)
    return source


def _folded(name: str) -> str:
    return name[1:-1] if name.startswith('"') else name.lower()


def _read_from(code: str, trigger: Trigger, sites: Collection[Site]) -> str | None:
    """Return the first of a table's names after FROM and its like."""
    for name in dict.fromkeys(_table_names(trigger, sites)):
        if re.search(rf'\b(?:from|join|table|only)\s+(?:[\w"]+\s*\.\s*)?"?{re.escape(name)}\b', code, re.IGNORECASE):
            return name
    return None


def _table_names(trigger: Trigger, sites: Collection[Site]) -> Iterator[str]:
    yield from sorted({site.location.table_name.table for site in sites})
    yield trigger.relation.rpartition(".")[2].strip('"')


def _taken_out(source: str) -> set[str]:
    """Return the names that a function may take out of a row: whole literals and the elements of array literals.

    Only where it takes anything out at all: a name that is merely mentioned, in a message say, does not count.
    """
    if not re.search(r"#-|-\s*(?:ARRAY\s*\[|')|\bjsonb_without_v1\b", source, re.IGNORECASE):
        return set()
    literals = (match.strip() for match in re.findall(r"'((?:[^']|'')*)'", source))
    return {name.strip(' "') for text in literals for name in text.removeprefix("{").removesuffix("}").split(",")}
