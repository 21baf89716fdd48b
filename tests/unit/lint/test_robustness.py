"""The linter returns a result for any content."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minimize.lint import lint
from minimize.lint.rules import RULES
from minimize.lint.sql_parser import MAX_LENGTH
from minimize.policy import Policy
from tests.unit.lint.conftest import Lint

WORDS = st.sampled_from(
    [
        "pob", "minimize", "CREATE TABLE a (", ")", "$$", "'", '"', '"""', "--", "/*", ";", "\\copy a (pob) from x\n",
        "COPY a (pob) FROM STDIN;\n", "\\.\n", "op.execute(", "f'{", "UPDATE a SET pob =",
        "SELECT", "||", "'{\"pob\": 1}'",
        "# minimize: ignore[", "]", "\n", " ", "class A:\n pob: Mapped[", "é", "\U0001f600", "DO $$BEGIN ",
        "END$$", ":x",
        "%s", "\r", "\f", "\u2028", "ALTER TABLE a ADD pob text", "= 1", "with op.batch_alter_table() as b:", "\\",
    ]
)  # fmt: skip
ANYTHING = st.one_of(st.text(), st.lists(WORDS, max_size=20).map("".join), st.lists(WORDS, max_size=20).map(" ".join))
SLOW = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(text=ANYTHING, suffix=st.sampled_from([".py", ".sql"]))
def test_arbitrary_text(tmp_path: Path, policy: Policy, text: str, suffix: str) -> None:
    """Every text has a result, and every finding a position in the file."""
    path = tmp_path / f"case{suffix}"
    path.write_bytes(text.encode(errors="surrogatepass"))
    for finding in lint([path], policy).findings:
        assert finding.rule in RULES
        assert finding.line >= 1
        assert finding.column >= 1


@SLOW
@given(raw=st.binary())
def test_arbitrary_bytes(tmp_path: Path, policy: Policy, raw: bytes) -> None:
    """Bytes that are not text are reported as not checked."""
    for name in ("case.py", "case.sql"):
        path = tmp_path / name
        path.write_bytes(raw)
        assert lint([path], policy).files == 1


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("case.py", b"pob = ("),
        ("case.py", b"# coding: nonsense\npob = 1"),
        ("case.py", b"\xff\xfe\xff"),
        ("case.py", b"pob = '" + b"(" * 100_000),
        ("case.py", b"pob\0"),
        ("case.py", b"pob = " + b"-" * 100_000 + b"1"),
        ("case.sql", b"CREATE TABL a (pob text)"),
        ("case.sql", b"SELECT 'pob"),
        ("case.sql", "UPDATE a SET x = 'größe', pob = 1".encode("latin-1")),
        ("case.sql", b"SELECT pob" + b"(" * 50_000),
        ("case.sql", b"SELECT pob" + b"+1" * MAX_LENGTH),
        ("case.sql", b"DO $$BEGIN pob pob END$$"),
        ("case.txt", b"pob"),
    ],
)
def test_what_cannot_be_checked_is_one_finding(lint_text: Lint, name: str, raw: bytes) -> None:
    """Unparseable input is reported as not checked, never as clean, and never raises."""
    findings = lint_text(raw, name)
    assert [finding.rule for finding in findings] == ["MZL000"]
    assert "pob" not in findings[0].message.replace("case", "")


def test_deep_nesting(lint_text: Lint) -> None:
    """The deepest tree that is parsed does not exhaust the stack."""
    deep = b"+1" * (MAX_LENGTH // 2 - 20)
    assert [f.rule for f in lint_text(b"UPDATE a SET pob = 1" + deep, "case.sql")] == ["MZL003"]


def test_statements_are_checked_independently(lint_text: Lint) -> None:
    """A statement that does not parse is reported if it mentions the field; the others are checked."""
    text = "CREATE TABLE :x (y int);\nCREATE TABLE :x (pob int);\nCREATE TABLE a (pob int);\n"
    assert [(f.line, f.rule) for f in lint_text(text, "case.sql")] == [(2, "MZL000"), (3, "MZL001")]


def test_dumps_and_psql_scripts(lint_text: Lint) -> None:
    """Commands of psql and the data of COPY are skipped; the SQL after them is checked."""
    text = "\\set x 1\nCOPY a (x) FROM stdin;\npob\t'\n\\.\n\\echo pob\nCREATE TABLE a (pob text);\n"
    assert [(f.line, f.column, f.rule) for f in lint_text(text, "case.sql")] == [(6, 17, "MZL001")]


def test_encodings(lint_text: Lint) -> None:
    """UTF-16 with a BOM, UTF-8 with a BOM, and an encoding declared in Python are decoded."""
    assert [f.rule for f in lint_text("UPDATE a SET pob = 'ü'".encode("utf-16"), "case.sql")] == ["MZL003"]
    assert [f.rule for f in lint_text("UPDATE a SET pob = 'ü'".encode("utf-8-sig"), "case.sql")] == ["MZL003"]
    assert [f.column for f in lint_text("# coding: latin-1\nü = {'pob': 1}".encode("latin-1"))] == [6]


def test_special_files(tmp_path: Path, policy: Policy) -> None:
    """A pipe does not block, and a broken link is reported."""
    os.mkfifo(tmp_path / "pipe.sql")
    (tmp_path / "link.py").symlink_to(tmp_path / "nowhere")
    assert [f.rule for f in lint([tmp_path], policy).findings] == ["MZL000", "MZL000"]


def test_large_files(tmp_path: Path, policy: Policy) -> None:
    """A file above the size limit is not read."""
    path = tmp_path / "dump.sql"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    assert [f.rule for f in lint([path], policy).findings] == ["MZL000"]


def test_without_the_parser(lint_text: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the parser, SQL is one finding per file with the package to install; Python is still checked."""

    def absent() -> None:
        raise sql_parser.NoParserError("needs PostgreSQL's parser: pip install 'minimize[lint]'")

    from minimize.lint import sql_parser  # noqa: PLC0415

    monkeypatch.setattr(sql_parser, "_pglast", absent)
    found = lint_text("UPDATE a SET pob = 1; UPDATE a SET pob = 2;", "case.sql")
    assert [f.rule for f in found] == ["MZL000"]
    assert "minimize[lint]" in found[0].message
    assert lint_text("SELECT 1", "case.sql") == []
    text = 'x = {"pob": 1}\nop.execute("UPDATE a SET pob = 1")\nop.execute("UPDATE a SET pob = 1")\ny = {"pob": 1}\n'
    assert [(f.line, f.rule) for f in lint_text(text)] == [(1, "MZL005"), (2, "MZL000"), (4, "MZL005")]
