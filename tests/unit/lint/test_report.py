"""The files, options, formats and pages of the linter."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from minimize.errors import UsageError
from minimize.lint import LintFinding, LintReport, lint
from minimize.lint.formats import FORMATS, to_github, to_json, to_sarif, to_text
from minimize.lint.pages import read_page
from minimize.lint.rules import RULES
from minimize.policy import Policy
from tests.unit.lint.conftest import Lint

REPORT = LintReport(
    (LintFinding(path="a b/m,ö.py", line=3, column=5, rule="MZL001", message="50% of\nit", hint="Do that."),), 7
)
DOCS = Path(__file__).parents[3] / "docs" / "lint"


def test_directories_are_searched(tmp_path: Path, policy: Policy) -> None:
    """Python and SQL files below a directory are found once, but not in environments or with an excluded pattern."""
    for name in ("a/m.py", "a/m.sql", "a/m.txt", ".venv/m.py", "node_modules/m.sql", ".git/m.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('x = {"pob": 1}' if name.endswith("py") else "UPDATE a SET pob = 1")
    report = lint([tmp_path, tmp_path / "a" / "m.py"], policy)
    assert [Path(f.path).name for f in report.findings] == ["m.py", "m.sql"]
    assert (report.files, report.clean) == (2, False)
    assert lint([tmp_path], policy, exclude=["*/a/*"]) == LintReport((), 0)
    assert lint([tmp_path / ".venv"], policy).files == 1


def test_rules_are_chosen(lint_text: Lint) -> None:
    """Only selected rules run, without ignored ones; a rule that does not exist is an error."""
    text = 'x = {"pob": 1}\nclass A(B):\n    pob = Column()'
    assert [f.rule for f in lint_text(text)] == ["MZL005", "MZL001"]
    assert [f.rule for f in lint_text(text, select=["MZL001"])] == ["MZL001"]
    assert [f.rule for f in lint_text(text, ignore=["MZL001"])] == ["MZL005"]
    with pytest.raises(UsageError, match="MZL999"):
        lint_text(text, select=["MZL999"])


def test_text() -> None:
    """There is one line per finding, in the format that editors parse, and a summary line."""
    assert to_text(REPORT).splitlines()[0].startswith("a b/m,ö.py:3:5 MZL001 50% of")
    assert to_text(REPORT).endswith("1 finding(s) in 7 file(s)")
    assert to_text(LintReport((), 7)) == "clean: 7 file(s) checked"


def test_json() -> None:
    """The keys are part of the contract."""
    document = json.loads(to_json(REPORT))
    assert document["files"] == 7
    assert document["clean"] is False
    assert document["findings"][0].keys() == {"rule", "path", "line", "column", "message", "hint"}


def test_github() -> None:
    """There is one workflow command per finding, with special characters escaped."""
    assert to_github(REPORT) == (
        "::error file=a b/m%2Cö.py,line=3,col=5,title=MZL001 column-declared::50%25 of%0Ait%0ADo that."
    )
    assert to_github(LintReport((), 7)) == ""


def test_sarif() -> None:
    """The output has the structure of SARIF 2.1.0: version, driver, and results that refer to its rules."""
    document = json.loads(to_sarif(REPORT))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "minimize"
    assert [rule["id"] for rule in driver["rules"]] == list(RULES)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    (result,) = run["results"]
    assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "MZL001"
    assert result["message"]["text"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "a%20b/m%2C%C3%B6.py"
    assert location["region"] == {"startLine": 3, "startColumn": 5}
    assert json.loads(to_sarif(LintReport((), 0)))["runs"][0]["results"] == []


def test_every_format_has_a_name() -> None:
    """The names are the choices of `--as`."""
    assert list(FORMATS) == ["text", "json", "github", "sarif"]


def test_every_rule_has_a_page() -> None:
    """Each page has name, problem, remedy, before and after; the index lists it; no other page exists."""
    index = (DOCS / "README.md").read_text()
    for id_, rule in RULES.items():
        page = read_page(id_)
        assert page.startswith(f"# {id_} {rule.slug}\n")
        assert re.findall(r"^## (.*)$", page, re.MULTILINE) == ["Problem", "Remedy", "Before", "After"]
        assert f"[{id_}]({id_}.md)" in index
    assert {path.stem for path in DOCS.glob("MZL*.md")} == set(RULES)
    with pytest.raises(UsageError):
        read_page("../README")


@pytest.mark.parametrize("id_", [id_ for id_ in RULES if id_ != "MZL000"])
def test_the_examples_on_the_pages(id_: str, lint_text: Lint) -> None:
    """The example "before" violates the rule, and the example "after" violates none."""
    before, after = re.findall(r"```(python|sql)\n(.*?)```", read_page(id_), re.DOTALL)
    assert id_ in {f.rule for f in lint_text(before[1], "case.py" if before[0] == "python" else "case.sql")}
    assert lint_text(after[1], "case.py" if after[0] == "python" else "case.sql") == []
