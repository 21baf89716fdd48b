"""MZL001: planted declarations are found; clean and allowed ones are not."""

from __future__ import annotations

import pytest

from tests.unit.lint.conftest import Lint, Rules


@pytest.mark.parametrize(
    "body",
    [
        "class A(Base):\n    pob = Column(Text)",
        "class A(Base):\n    place_Of_Birth = mapped_column(Text)",
        "class A(Base):\n    pob: Mapped[str | None]",
        'class A(Base):\n    pob: "Mapped[str]"',
        "class A(Base):\n    pob: Mapped[str] = mapped_column()",
        "class A(Base):\n    pob = deferred(sa.Column(Text))",
        'class A(Base):\n    origin = Column("POB", Text)',
        'class A(Base):\n    origin: Mapped[str] = mapped_column(name="birth-place")',
        'class A(Base):\n    pob = Column("x1", Text)',
        't = Table("a", metadata, Column("pob", Text))',
        't = sa.Table("a", sa.MetaData(), sa.Column("birthPlace", sa.Text), schema="core")',
        't.append_column(Column("pob", Text))',
        'class A(Base):\n    __tablename__ = "applicant"\n    home_id = Column(Integer)',
        (
            'class A(Base):\n    __tablename__ = "application"\n    __table_args__ = (Index("x"), {"schema": "old"})\n'
            "    place_of_birth: Mapped[str]"
        ),
    ],
)
def test_python_declarations_are_found(lint_text: Lint, body: str) -> None:
    """A column is found by its attribute name and by its explicit name, in any spelling."""
    assert [(f.rule) for f in lint_text(body)] == ["MZL001"]


@pytest.mark.parametrize(
    "body",
    [
        "class A(Base):\n    place_of_residence = Column(Text)\n    jobs: Mapped[str]",
        "class A:\n    pob: str",
        "class A(Base):\n    pob: Mapped[list[B]] = relationship()",
        "class A(Base):\n    def pob(self): return Column",
        'class A(Base):\n    __tablename__ = "application"\n    place_of_birth: Mapped[str]',
        (
            'class A(Base):\n    __tablename__ = "application"\n    __table_args__ = {"schema": "core"}\n'
            '    pob = Column("place_of_birth", Text)'
        ),
        't = Table("application", metadata, Column("place_of_birth", Text), schema="core")',
        't = Table("office", metadata, Column("pob", Text))',
        't = Table("other", metadata, Column("home_id", Text))',
        'print("pob")',
    ],
)
def test_other_python_is_clean(lint_text: Lint, body: str) -> None:
    """A plain class, a relationship, a kept column and an exempt column are allowed."""
    assert lint_text(body) == []


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("CREATE TABLE a (x int, pob text)", 24),
        ('CREATE TABLE a ("Birth-Place" text)', 17),
        ("CREATE TABLE core.applicant (home_id int)", 30),
        ("CREATE TABLE a AS SELECT x AS pob FROM b", 26),
        ("CREATE TABLE a (x, pob) AS SELECT 1, 2", 14),
        ("CREATE TABLE a (LIKE core.applicant)", 22),
        ("SELECT x, b.pob::text INTO a FROM b", 11),
        ("SELECT * INTO a FROM core.application", 8),
        ("CREATE VIEW v AS SELECT x, b.pob FROM b UNION SELECT 1, 2", 28),
        ("CREATE VIEW v (pob) AS SELECT 1", 13),
        ("CREATE VIEW v AS SELECT p.* FROM x JOIN core.application AS p ON true", 25),
        ("CREATE MATERIALIZED VIEW v AS SELECT (r).pob FROM b", 38),
        ("CREATE MATERIALIZED VIEW v AS SELECT (SELECT pob FROM b)", 38),
        ("CREATE FOREIGN TABLE a (pob text) SERVER s", 25),
        ("CREATE TYPE a AS (pob text)", 19),
        ("-- é\nCREATE TABLE é.a (ü int, pob text)", 26),
    ],
)
def test_sql_declarations_are_found(found: Rules, statement: str, column: int) -> None:
    """Every statement that creates a relation or a type is checked, and the position of the column is reported."""
    line = statement.count("\n") + 1
    assert found(statement, "case.sql") == [f"{line}:{column} MZL001"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pob FROM b",
        "CREATE TABLE a (jobs text, place_of_residence text)",
        "CREATE TABLE core.application (place_of_birth text)",
        "CREATE TABLE application (place_of_birth text)",
        "CREATE TABLE core.office (pob text)",
        "CREATE VIEW v AS SELECT b.pob AS x FROM b",
        "CREATE VIEW v (x) AS SELECT pob FROM b",
        "CREATE VIEW v AS SELECT * FROM b",
        "CREATE VIEW v AS SELECT x.* FROM x JOIN core.application AS p ON p.pob = x.y",
        "CREATE TABLE b (home_id int)",
        "ALTER TABLE a DROP COLUMN pob",
    ],
)
def test_other_sql_is_clean(found: Rules, statement: str) -> None:
    """Reading, dropping and renaming to another name are allowed, and so are kept and exempt columns."""
    assert found(statement, "case.sql") == []
