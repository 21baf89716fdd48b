"""Analyses the source of a trigger function: does it copy the old row, and which columns does it assign? Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from minimize.catalog.survey import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A trigger of a user and its function."""

    relation: str
    name: str
    function: str
    language: str
    source: str
    """The source of the function; for a C function its symbol."""
    library: str | None
    is_builtin: bool
    is_row: bool
    is_before: bool
    old_table: str | None
    columns: list[str]
    """The columns of `UPDATE OF`; empty means all."""
    arguments: bytes
    """Each ends with a zero byte, as in pg_trigger."""

    @property
    def is_readable(self) -> bool:
        """Whether the source can be analysed."""
        return self.language in ("plpgsql", "sql")

    @property
    def symbol(self) -> str:
        """The symbol of a known C function, else empty."""
        library = (self.library or "").rpartition("/")[2]
        is_known = self.is_builtin or (self.language == "c" and _CONTRIB.get(self.source) == library)
        return self.source if is_known else ""

    @property
    def argument_list(self) -> list[str]:
        """The arguments of CREATE TRIGGER."""
        return [word.decode(errors="replace") for word in self.arguments.split(b"\0")[:-1]]


# C functions of the contrib modules, by symbol, and their libraries. According to the manual they do not copy the old
# row.
_CONTRIB = {"moddatetime": "moddatetime", "insert_username": "insert_username", "autoinc": "autoinc", "lo_manage": "lo"}
_STAMPING = frozenset({"moddatetime", "insert_username"})
_TEXT_SEARCH = frozenset({"tsvector_update_trigger_byid", "tsvector_update_trigger_bycolumn"})

_TAKES_WHOLE_ROW = re.compile(r"\bold\b(?!\s*\.\s*[\"\w])", re.IGNORECASE)
# Literals are matched first, so that a comment marker inside a literal is ignored.
_COMMENT = re.compile(r"('(?:[^']|'')*')|--[^\n]*|/\*.*?\*/", re.DOTALL)
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_SIDE = r"\b{}\b(?:\s*\.\s*(?:\w+|\"[^\"]+\"|\*))?"
_OLD, _NEW = _SIDE.format("old"), _SIDE.format("new")
_DIFFERS = r"\s*(?:IS\s+(?:NOT\s+)?DISTINCT\s+FROM|<>|!=)\s*"
# Uses of the old row that do not copy it: a comparison with the new row, and RETURN OLD.
_HARMLESS = re.compile(
    rf"{_OLD}{_DIFFERS}{_NEW}(?!\s*[.(])|{_NEW}{_DIFFERS}{_OLD}(?!\s*[.(])|\bRETURN\s+OLD\s*;", re.IGNORECASE
)
_DYNAMIC = re.compile(r"\bexecute\b", re.IGNORECASE)
_WHOLE_ROWS = re.compile(
    r"(?:\bselect\s+(?:distinct\s+)?|[.,]\s*)\*|\bto_jsonb?\s*\(|\brow_to_json\s*\(|\btable\b", re.IGNORECASE
)

# `=` is an assignment only at the start of a statement; elsewhere it is a comparison.
_STATEMENT = r"(?:^|;|\bBEGIN\b|\bTHEN\b|\bELSE\b|\bLOOP\b|>>)\s*"
_NAME = r"(\w+|\"[^\"]+\")"
_ASSIGNED = re.compile(rf"{_STATEMENT}NEW\s*\.\s*{_NAME}[^;:=]*:?=", re.IGNORECASE)
_RETURNED = r"(?:NEW|OLD|NULL|COALESCE\s*\(\s*(?:NEW\s*,\s*OLD|OLD\s*,\s*NEW)\s*\))\s*;"
_ASSIGNED_ROW = re.compile(rf"{_STATEMENT}NEW\s*:?=|\bRETURN\b(?!\s*{_RETURNED}|\s*;)", re.IGNORECASE)
_INTO = re.compile(r"\bINTO\s+(?:STRICT\s+)?((?:[\w.\"]+\s*,\s*)*[\w.\"]+)", re.IGNORECASE)
_TARGET = re.compile(rf"\bNEW\b(?:\s*\.\s*{_NAME})?", re.IGNORECASE)


def why_copies(trigger: Trigger, sites: Collection[Site]) -> str | None:
    """Return why an UPDATE trigger may copy an erased value, None if it does not."""
    if trigger.symbol or not trigger.is_readable:
        return _why_unreadable(trigger)
    source = _HARMLESS.sub(" ", _code(trigger))
    takes_row = bool(trigger.old_table or _TAKES_WHOLE_ROW.search(source))
    if takes_row and _DYNAMIC.search(source):
        return "it uses the whole old row and runs dynamic SQL, which cannot be analysed"
    code = re.sub(r"'(?:[^']|'')*'|\bnew\s*\.\s*(?:\w+|\"[^\"]+\")", " ", source, flags=re.IGNORECASE)
    for column in sorted({site.location.column_name or "" for site in sites}):
        if re.search(rf'\bold\s*\.\s*"?{re.escape(column)}\b', code, re.IGNORECASE):
            return f"it reads OLD.{column}"
        if re.search(rf"\b{re.escape(column)}\b", code, re.IGNORECASE):
            return f"it names {column}, and may read it"
    if takes_row:
        kept = sorted({site.location.name_in_copy for site in sites} - _removed_names(source))
        return f"it uses the whole old row and does not remove {', '.join(kept)}" if kept else None
    # A BEFORE trigger can also read the old row from the table.
    reads_table = trigger.is_before and _WHOLE_ROWS.search(code) and _read_from(code, trigger, sites)
    return f"it reads {reads_table} before the row is changed" if reads_table else None


def why_copies_rows(trigger: Trigger, sites: Collection[Site]) -> str | None:
    """Return why a DELETE or TRUNCATE trigger may copy rows of a retired table, None if it does not.

    The whole row is retired, so any use of OLD counts.
    """
    if trigger.symbol or not trigger.is_readable:
        return _why_unreadable(trigger)
    code = _LITERAL.sub(" ", _HARMLESS.sub(" ", _code(trigger)))
    if _DYNAMIC.search(code):
        return "it runs dynamic SQL, which cannot be analysed"
    if re.search(r"\bold\b", code, re.IGNORECASE):
        return "it reads OLD"
    reads_table = trigger.is_before and _read_from(code, trigger, sites)
    return f"it reads {reads_table} before the rows are deleted" if reads_table else None


def assigned_columns(trigger: Trigger, written: Collection[str]) -> set[str] | None:
    """Return the columns of NEW that a BEFORE trigger may assign; None if it may assign any column.

    The result is None if the function assigns NEW as a whole or returns another row, and if its language cannot be
    analysed. Functions that it calls cannot assign to its NEW.

    Args:
        trigger: The trigger.
        written: The columns that the UPDATE itself assigns.
    """
    if trigger.symbol:
        is_stamping = trigger.symbol in _STAMPING or (
            # It assigns the vector only if the UPDATE assigns one of its source columns.
            trigger.symbol in _TEXT_SEARCH and not set(written).isdisjoint(trigger.argument_list[2:])
        )
        return set(trigger.argument_list[:1]) if is_stamping else set()
    if not trigger.is_readable:
        return None
    code = _LITERAL.sub("''", _code(trigger))
    if _ASSIGNED_ROW.search(code):
        return None
    targets = [match[1] for into in _INTO.findall(code) for match in _TARGET.finditer(into)]
    if None in targets:
        return None
    return {_folded(name) for name in (*targets, *_ASSIGNED.findall(code))}


def _why_unreadable(trigger: Trigger) -> str | None:
    return None if trigger.symbol else f"its function is in {trigger.language} and cannot be analysed"


def _code(trigger: Trigger) -> str:
    source = _COMMENT.sub(lambda match: match[1] or " ", trigger.source)
    if trigger.old_table:
        source = re.sub(rf"\b{re.escape(trigger.old_table)}\b", "OLD", source)
    return source


def _folded(name: str) -> str:
    return name[1:-1] if name.startswith('"') else name.lower()


def _read_from(code: str, trigger: Trigger, sites: Collection[Site]) -> str | None:
    """Return the first table name that follows FROM, JOIN, TABLE or ONLY."""
    for name in dict.fromkeys(_table_names(trigger, sites)):
        if re.search(rf'\b(?:from|join|table|only)\s+(?:[\w"]+\s*\.\s*)?"?{re.escape(name)}\b', code, re.IGNORECASE):
            return name
    return None


def _table_names(trigger: Trigger, sites: Collection[Site]) -> Iterator[str]:
    yield from sorted({site.location.table_name.table for site in sites})
    yield trigger.relation.rpartition(".")[2].strip('"')


def _removed_names(source: str) -> set[str]:
    """Return the names that a function may remove from a row: whole literals and the elements of array literals.

    The result is empty if the function uses no removing operator: then its literals have another purpose.
    """
    if not re.search(r"#-|-\s*(?:ARRAY\s*\[|')|\bjsonb_without_v1\b", source, re.IGNORECASE):
        return set()
    literals = (match.strip() for match in re.findall(r"'((?:[^']|'')*)'", source))
    return {name.strip(' "') for text in literals for name in text.removeprefix("{").removesuffix("}").split(",")}
