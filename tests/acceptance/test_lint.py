"""`minimize lint` as a subprocess: exit codes and output."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.command import ROOT, Answer, minimize

POLICY = ROOT / "fixtures" / "policies" / "wa-dol-2018-place-of-birth.toml"


def lint(*arguments: str, options: tuple[str, ...] = ()) -> Answer:
    """Run the linter with the reference policy."""
    return minimize("--policy", str(POLICY), *options, "lint", *arguments)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a directory with a model that reintroduces the field."""
    (tmp_path / "models.py").write_text("class Applicant(Base):\n    birthplace = Column(Text)\n")
    (tmp_path / "clean.sql").write_text("CREATE TABLE core.applicant (family_name text);\n")
    return tmp_path


def test_findings_exit_with_1(model: Path) -> None:
    """Each finding is a line with its position; the exit code is 0 only for clean files."""
    answer = lint(str(model))
    assert answer.code == 1, answer.err
    assert f"{model}/models.py:2:5 MZL001 " in answer.out
    assert "1 finding(s) in 2 file(s)" in answer.out
    clean = lint(str(model / "clean.sql"))
    assert (clean.code, clean.out) == (0, "clean: 1 file(s) checked\n")


def test_json_is_one_document(model: Path) -> None:
    """The global option works; `--as` takes precedence."""
    document = lint(str(model), options=("--format", "json")).document
    assert document["clean"] is False
    assert document["files"] == 2
    assert [finding["rule"] for finding in document["findings"]] == ["MZL001"]
    assert lint("--as", "sarif", str(model), options=("--format", "json")).document["version"] == "2.1.0"
    assert lint("--as", "github", str(model)).out.startswith("::error file=")


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["--select", "MZL999", "src"]])
def test_usage_errors_exit_with_2(arguments: list[str]) -> None:
    """A missing path argument, a missing path and an unknown rule are usage errors."""
    answer = lint(*arguments)
    assert answer.code == 2
    assert len(answer.errors) == len(answer.hints) == 1


def test_pages_are_printed() -> None:
    """--explain needs neither paths nor a policy."""
    answer = minimize("--policy", "nowhere.toml", "lint", "--explain", "MZL003")
    assert answer.code == 0
    assert answer.out.startswith("# MZL003 column-written")
