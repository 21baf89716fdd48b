"""Splits SQL text into statements with positions: a script, a literal in Python, or the body of a function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from minimize.lint.finding import Position
from minimize.lint.source import NotCheckedError
from minimize.lint.sql_nodes import SqlNode, kind, parts, string, walk_sql
from minimize.lint.sql_parser import MAX_LENGTH, NoParserError, parse_statements, routine_queries, split_statements
from minimize.lint.vocabulary import Vocabulary

LOOKS_LIKE_SQL = re.compile(
    r"\s*(?:--.*\n\s*)*(?:alter|comment|copy|create|delete|do|drop|grant|insert|merge|select|set|update|with)\s",
    re.IGNORECASE,
)
_COPY_DATA = re.compile(r"^(COPY\b[^;]*\bFROM\s+STDIN\b[^;]*;)\n(?:.*\n)*?\\\.$", re.IGNORECASE | re.MULTILINE)
_META_COMMAND = re.compile(r"^[ \t]*\\(?P<name>[a-z]+|[!?]).*(?:\n|\Z)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class SqlScript:
    """SQL text whose characters have positions in a file."""

    text: str
    position: Callable[[int], Position]
    last_line: int | None = None
    is_template: bool = False
    """Whether it may be a part of a statement; then it is no finding if it does not parse."""

    def part(self, start: int, text: str) -> SqlScript:
        """Return a text inside this one as a script."""
        return SqlScript(text=text, position=lambda offset: self.position(start + offset), last_line=self.last_line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One parsed statement; its locations are offsets in the text of `script`."""

    node: SqlNode
    script: SqlScript
    start: int


def parse_script(script: SqlScript, vocabulary: Vocabulary) -> Iterator[Statement | NotCheckedError]:
    """Yield the statements that mention a retired name, and those in the bodies of their functions.

    A statement that mentions a retired name and cannot be parsed is yielded as the reason. Others are skipped.
    """
    for found in _top_level(script, vocabulary):
        yield found
        if isinstance(found, Statement):
            yield from _nested(found, vocabulary)


def blank_client_commands(text: str) -> str:
    """Replace psql commands and the data of COPY by blanks of the same length; psql's copy becomes COPY."""
    text = _COPY_DATA.sub(lambda match: match[1] + _blank(match[0][len(match[1]) :]), text)
    return _META_COMMAND.sub(_without_command, text)


def _without_command(match: re.Match[str]) -> str:
    if match["name"].lower() != "copy":
        return _blank(match[0])
    return match[0].replace("\\", " ", 1).replace("\n", ";")


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _top_level(script: SqlScript, vocabulary: Vocabulary) -> Iterator[Statement | NotCheckedError]:
    try:
        if len(script.text) <= MAX_LENGTH:
            for node in parse_statements(script.text):
                yield Statement(node=node, script=script, start=_first_token(script.text, node.stmt_location))
            return
    except NoParserError as error:
        yield _at(error, script.position(0))
        return
    except NotCheckedError:
        pass  # parse the statements one by one
    yield from _one_by_one(script, vocabulary)


def _one_by_one(script: SqlScript, vocabulary: Vocabulary) -> Iterator[Statement | NotCheckedError]:
    try:
        slices = split_statements(script.text)
    except NotCheckedError as error:
        yield _at(error, script.position(0))
        return
    for piece in slices:
        text = script.text[piece]
        if not vocabulary.mentions(text):
            continue
        inner = script.part(piece.start, text)
        try:
            for node in parse_statements(text):
                yield Statement(node=node, script=inner, start=_first_token(text, node.stmt_location))
        except NotCheckedError as error:
            yield _at(error, inner.position(0))
    # The scanner omits the text after an unclosed parenthesis.
    rest = slices[-1].stop if slices else 0
    if vocabulary.mentions(script.text[rest:]):
        yield NotCheckedError("does not parse as PostgreSQL", script.position(_first_token(script.text, rest)))


def _nested(statement: Statement, vocabulary: Vocabulary) -> Iterator[Statement | NotCheckedError]:
    """Yield the statements in the body of a function, procedure or DO block."""
    node = statement.node.stmt
    if kind(node) not in {"CreateFunctionStmt", "DoStmt"}:
        return
    options = {
        option.defname: option.arg
        for option in (node.options if kind(node) == "CreateFunctionStmt" else node.args) or ()
    }
    language = options["language"].sval if "language" in options else "plpgsql" if kind(node) == "DoStmt" else "sql"
    body = parts(options["as"])[0] if "as" in options else ""
    if not vocabulary.mentions(body) or language.lower() not in {"sql", "plpgsql"}:
        return
    text = statement.script.text
    start = max(text.find(body, statement.start), 0)
    if language.lower() == "sql":
        yield from parse_script(statement.script.part(start, body), vocabulary)
        return
    length = statement.node.stmt_len or len(text)
    try:
        for query, is_statement in routine_queries(text[statement.start : statement.node.stmt_location + length]):
            start = max(text.find(query, start), start)
            if vocabulary.mentions(query):
                yield from _query(statement.script.part(start, query), vocabulary, is_statement=is_statement)
    except NotCheckedError as error:
        yield _at(error, statement.script.position(statement.start))


def _query(script: SqlScript, vocabulary: Vocabulary, *, is_statement: bool) -> Iterator[Statement | NotCheckedError]:
    """Yield a PL/pgSQL statement, or those in the literals of an expression such as `EXECUTE format('...')`."""
    if is_statement:
        yield from parse_script(script, vocabulary)
        return
    try:
        nodes = parse_statements(f"SELECT {script.text}")
    except NotCheckedError:
        return  # an assignment
    for node in (each for root in nodes for each in walk_sql(root)):
        value = string(node) if kind(node) == "A_Const" else None
        if value is not None and LOOKS_LIKE_SQL.match(value) and vocabulary.mentions(value):
            inner = script.part(max(script.text.find(value), 0), re.sub(r"%(?:\d+\$)?[ILs]", _name, value))
            yield from parse_script(inner, vocabulary)


def _name(match: re.Match[str]) -> str:
    """Return a name with the length of the placeholder."""
    return "_" * len(match[0])


def _first_token(text: str, start: int) -> int:
    """Return the start of the first token; PostgreSQL includes preceding blanks and comments in a statement."""
    blank = re.compile(r"(?:\s+|--[^\n]*|/\*.*?\*/|;)*", re.DOTALL).match(text, start)
    return blank.end() if blank else start


def _at(error: NotCheckedError, position: Position) -> NotCheckedError:
    return type(error)(error.why, position)
