"""The format for code scanning: SARIF 2.1.0 of OASIS."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import PurePath
from urllib.parse import quote

from minimize.lint.finding import LintFinding
from minimize.lint.linter import LintReport
from minimize.lint.pages import read_page
from minimize.lint.rule import Rule
from minimize.lint.rules import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def to_sarif(report: LintReport) -> str:
    """Return one run of the tool, with every rule and its page. Columns count Unicode code points."""
    driver = {"name": "minimize", "version": version("minimize"), "rules": [_rule(rule) for rule in RULES.values()]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)


def _rule(rule: Rule) -> dict[str, object]:
    page = read_page(rule.id)
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": rule.slug.replace("-", " ")},
        "fullDescription": {"text": (rule.__doc__ or "").strip()},
        "help": {"text": rule.hint, "markdown": page},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: LintFinding) -> dict[str, object]:
    path = PurePath(finding.path)
    uri = path.as_uri() if path.is_absolute() else quote(finding.path)
    region = {"startLine": finding.line, "startColumn": finding.column}
    return {
        "ruleId": finding.rule,
        "ruleIndex": list(RULES).index(finding.rule),
        "level": "error",
        "message": {"text": f"{finding.message}. {finding.hint}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
    }
