"""Checks files: parses them, passes each node to the rules for it, and removes ignored findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minimize.errors import UsageError
from minimize.lint.files import find_files
from minimize.lint.finding import Hit, LintFinding
from minimize.lint.ignores import Ignore, find_ignores
from minimize.lint.python_module import parse_module
from minimize.lint.python_sql import sql_in
from minimize.lint.rule import PythonContext, Rule, SqlContext
from minimize.lint.rules import RULES
from minimize.lint.rules.could_not_check import RULE as COULD_NOT_CHECK
from minimize.lint.rules.ignore_unused import RULE as IGNORE_UNUSED
from minimize.lint.rules.ignore_without_reason import RULE as IGNORE_WITHOUT_REASON
from minimize.lint.source import NotCheckedError, Source, read_source
from minimize.lint.sql_nodes import kind, walk_sql
from minimize.lint.sql_parser import NoParserError, run_with_deep_stack
from minimize.lint.sql_script import SqlScript, blank_client_commands, parse_script
from minimize.lint.vocabulary import Vocabulary
from minimize.policy import Policy

Hits = Iterator[tuple[Rule, Hit]]


@dataclass(frozen=True, slots=True)
class LintReport:
    """The findings, and the number of files that were checked."""

    findings: tuple[LintFinding, ...]
    files: int

    @property
    def clean(self) -> bool:
        """Whether everything was checked and nothing was found."""
        return not self.findings


def lint(
    paths: Iterable[Path],
    policy: Policy,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    exclude: Sequence[str] = (),
) -> LintReport:
    """Check Python and SQL files for code that reintroduces a retired field of the policy. Opens no connection.

    `select` names the rules to run, all if empty; `ignore` names the rules to skip. Only names that are written in the
    files are found. A name that code composes at run time is not found here; the guard in the database refuses it.

    Raises:
        UsageError: A named rule does not exist.
    """
    if unknown := sorted({*select, *ignore} - RULES.keys()):
        raise UsageError(f"there is no rule {unknown[0]}", hint=f"Rules: {', '.join(RULES)}.")
    active = {id_: rule for id_, rule in RULES.items() if id_ not in ignore and (not select or id_ in select)}
    checker = Checker(Vocabulary(policy), active)
    files = list(find_files(paths, exclude))
    findings = run_with_deep_stack(lambda: sorted({finding for file in files for finding in checker.check(file)}))
    return LintReport(tuple(findings), len(files))


class Checker:
    """Runs the active rules on one file after another."""

    def __init__(self, vocabulary: Vocabulary, active: Mapping[str, Rule]) -> None:
        self.vocabulary = vocabulary
        self.active = active
        self.python_rules = _by_node((node, rule) for rule in active.values() for node in rule.python_nodes)
        self.sql_rules = _by_node((node, rule) for rule in active.values() for node in rule.sql_nodes)

    def check(self, path: Path) -> Iterator[LintFinding]:
        """Yield the findings in one file. Never raises, whatever the file contains."""
        name = path.as_posix()
        try:
            source = read_source(path)
        except NotCheckedError as error:
            hits: list[tuple[Rule, Hit]] = [(COULD_NOT_CHECK, Hit(position=error.position, subject=error.why))]
            yield from (rule.finding(name, hit) for rule, hit in hits if rule.id in self.active)
            return
        if source.is_reverse:
            return
        if not self.vocabulary.mentions(source.text):
            yield from self._parse_finding(name, source)
            return
        ignores, used = find_ignores(source), set[tuple[Ignore, str]]()
        for rule, hit in self._safe_hits(source):
            covering = [(i, rule.id) for i in ignores if i.covers(rule.id, hit)]
            used.update(covering)
            if not covering and rule.id in self.active:
                yield rule.finding(name, hit)
        yield from self._ignore_findings(name, ignores, used)

    def _parse_finding(self, name: str, source: Source) -> Iterator[LintFinding]:
        """Yield a finding if a Python file without any retired name does not parse, because it was not checked."""
        try:
            if source.is_python:
                parse_module(source)
        except NotCheckedError as error:
            if COULD_NOT_CHECK.id in self.active:
                yield COULD_NOT_CHECK.finding(name, Hit(position=error.position, subject=error.why))

    def _safe_hits(self, source: Source) -> Hits:
        try:
            yield from self._python_hits(source) if source.is_python else self._script_hits(source)
        except NotCheckedError as error:
            yield COULD_NOT_CHECK, Hit(position=error.position, subject=error.why)
        except (RecursionError, MemoryError):
            yield COULD_NOT_CHECK, Hit(position=source.position(0), subject="is nested too deeply")

    def _python_hits(self, source: Source) -> Hits:
        module = parse_module(source)
        has_sql = True
        for node, scope in module.walk():
            for rule in self.python_rules.get(type(node), ()):
                context = PythonContext(vocabulary=self.vocabulary, module=module, scope=scope)
                yield from ((rule, hit) for hit in rule.check_python(node, context))
            for script in sql_in(module, node, self.vocabulary) if has_sql else ():
                try:
                    yield from self._sql_hits(script)
                except NoParserError as error:
                    has_sql = False  # reported once per file
                    yield COULD_NOT_CHECK, Hit(position=error.position, subject=error.why)

    def _script_hits(self, source: Source) -> Hits:
        return self._sql_hits(SqlScript(text=blank_client_commands(source.text), position=source.position))

    def _sql_hits(self, script: SqlScript) -> Hits:
        for statement in parse_script(script, self.vocabulary):
            if isinstance(statement, NoParserError):
                raise statement
            if isinstance(statement, NotCheckedError):
                if script.is_template:
                    continue
                yield (
                    COULD_NOT_CHECK,
                    Hit(position=statement.position, subject=statement.why, last_line=script.last_line),
                )
                continue
            context = SqlContext(vocabulary=self.vocabulary, script=statement.script, statement_start=statement.start)
            for node in walk_sql(statement.node):
                for rule in self.sql_rules.get(kind(node), ()):
                    yield from ((rule, hit) for hit in rule.check_sql(node, context))

    def _ignore_findings(
        self, name: str, ignores: Iterable[Ignore], used: set[tuple[Ignore, str]]
    ) -> Iterator[LintFinding]:
        for ignore in ignores:
            if not ignore.is_valid:
                if IGNORE_WITHOUT_REASON.id in self.active:
                    lacking = "gives no reason" if ignore.rules else "names no rule"
                    yield IGNORE_WITHOUT_REASON.finding_at(name, ignore.position, lacking)
            elif IGNORE_UNUSED.id in self.active and (unused := ignore.unused(used, self.active, RULES)):
                yield IGNORE_UNUSED.finding_at(name, ignore.position, ", ".join(unused))


def _by_node(pairs: Iterable[tuple[object, Rule]]) -> Mapping[object, Sequence[Rule]]:
    found: dict[object, list[Rule]] = defaultdict(list)
    for node, rule in pairs:
        found[node].append(rule)
    return dict(found)
