"""The policy for the linter tests, and a function that lints one text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from minimize.lint import LintFinding, lint
from minimize.policy import Policy, parse_policy
from tests.policy_text import policy_text

POLICY = policy_text(
    """
[[field.location]]
column = "core.application.place_of_birth"
keep_where = { enhanced = "app_type = 'EDL'" }

[[field.location]]
column = "core.application.form"
json_path = "$.applicant.bornIn"
keep_where = { enhanced = "app_type = 'EDL'" }

[[field.location]]
column = "core.applicant.home_id"

[[field.location]]
column = "core.applicant.extra"
hstore_key = "home town"

[[watch.exemption]]
name = "core.office.pob"
reason = "post office box"
approved_by = "Records officer"
""",
    aliases=["birthplace", "pob", "placeOfBirth"],
)

Lint = Callable[..., list[LintFinding]]
Rules = Callable[..., list[str]]


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Return the policy for the tests."""
    return parse_policy(POLICY, "minimize.toml")


@pytest.fixture
def lint_text(tmp_path: Path, policy: Policy) -> Lint:
    """Return the findings in one text, Python unless another file name is given."""

    def run(text: str | bytes, name: str = "case.py", **options: list[str]) -> list[LintFinding]:
        path = tmp_path / name
        path.write_bytes(dedent(text).encode() if isinstance(text, str) else text)
        return list(lint([path], policy, **options).findings)

    return run


@pytest.fixture
def found(lint_text: Lint) -> Rules:
    """Return `line:column id` of each finding in one text."""

    def run(text: str, name: str = "case.py") -> list[str]:
        return [f"{finding.line}:{finding.column} {finding.rule}" for finding in lint_text(text, name)]

    return run
