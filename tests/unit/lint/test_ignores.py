"""Comments that ignore a finding need a reason, and are checked themselves."""

from __future__ import annotations

from tests.unit.lint.conftest import Lint, Rules


def test_on_the_line_above_it_and_for_the_file(found: Rules) -> None:
    """A comment covers its own line; on its own line the next line of code; with -file the whole file."""
    assert found('x = {"pob": 1}  # minimize: ignore[MZL005] post office box') == []
    assert found('# minimize: ignore[MZL005] post office box\n# more\n\nx = {"pob": 1}') == []
    assert found('# minimize: ignore-file[MZL005] made-up people\nx = {"pob": 1}\ny = {"pob": 1}') == []
    assert found("CREATE TABLE a (\n pob text -- minimize: ignore[MZL001] post office box\n)", "case.sql") == []


def test_one_comment_covers_one_line(found: Rules) -> None:
    """A later finding of the same rule is still reported."""
    assert found('x = {"pob": 1}  # minimize: ignore[MZL005] post office box\ny = {"pob": 1}') == ["2:6 MZL005"]


def test_in_and_after_a_literal(found: Rules) -> None:
    """In SQL inside Python, a SQL comment on the line or a Python comment at the end of the literal applies."""
    text = 'op.execute("""\nALTER TABLE a\n  ADD pob text{}\n""")  {}\n'
    assert found(text.format("", "")) == ["3:7 MZL002"]
    assert found(text.format(" -- minimize: ignore[MZL002] post office box", "")) == []
    assert found(text.format("", "# minimize: ignore[MZL002] post office box")) == []


def test_several_rules(found: Rules) -> None:
    """One comment can name several rules; each must match a finding."""
    assert (
        found(
            "INSERT INTO a (pob) VALUES (jsonb_build_object('pob', 1)) -- minimize: ignore[MZL003, MZL005] test",
            "c.sql",
        )
        == []
    )
    assert found('x = {"pob": 1}  # minimize: ignore[MZL005, MZL001] test') == ["1:17 MZL008"]


def test_without_a_reason(found: Rules) -> None:
    """An ignore without a reason or without a rule has no effect, and is a finding."""
    assert found('x = {"pob": 1}  # minimize: ignore[MZL005]') == ["1:6 MZL005", "1:17 MZL007"]
    assert found('x = {"pob": 1}  # minimize: ignore[MZL005] --') == ["1:6 MZL005", "1:17 MZL007"]
    assert found('x = {"pob": 1}  # minimize: ignore because') == ["1:6 MZL005", "1:17 MZL007"]


def test_unused(lint_text: Lint) -> None:
    """An ignore without a finding is a finding, unless its rule did not run."""
    text = "x = 1  # minimize: ignore[MZL005] was needed once"
    assert [f.rule for f in lint_text(text)] == ["MZL008"]
    assert lint_text(text, ignore=["MZL005"]) == []
    assert [f.rule for f in lint_text("x = 1  # minimize: ignore[MZL555] typo", ignore=["MZL005"])] == ["MZL008"]


def test_text_that_looks_like_an_ignore(found: Rules) -> None:
    """A literal in Python is not a comment."""
    assert found('x = "# minimize: ignore[MZL005]"') == []


def test_a_file_that_cannot_be_checked(found: Rules) -> None:
    """MZL000 can be ignored too, with a reason."""
    assert found("# minimize: ignore-file[MZL000] Python 2\nprint 'pob'") == []
