"""The JSON format: the report as one document."""

from __future__ import annotations

import json
from dataclasses import asdict

from minimize.lint.linter import LintReport


def to_json(report: LintReport) -> str:
    """Return {"findings": [...], "files": n, "clean": bool} on one line."""
    findings = [asdict(finding) for finding in report.findings]
    return json.dumps({"findings": findings, "files": report.files, "clean": report.clean}, ensure_ascii=False)
