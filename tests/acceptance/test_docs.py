"""The pages show what the commands print: JSON keys, column headings, metrics, the sample output of the README."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import minimize
from minimize.cli import main
from minimize.locations import load_policy
from tests.acceptance.command import ROOT
from tests.acceptance.json_shapes import differences, parse_shape
from tests.acceptance.samples import POLICY
from tests.integration.purge.scenario import guard
from tests.markdown import DOCS, README, fenced_blocks, headings, pages, read, samples, section, table_rows

JSON_PAGE = read(DOCS / "json.md")
MODEL = "sqlalchemy.Table('person', metadata, sqlalchemy.Column('birthplace', sqlalchemy.Text), schema='app')\n"


def shape_differences(heading: str, document: Any) -> list[str]:
    """Return where a document is not as a section of the page says."""
    return list(differences(document, parse_shape(fenced_blocks(section(JSON_PAGE, heading))[0])))


def run(policy: str, url: str, *arguments: str, output: str = "json") -> Result:
    """Run a command on the small database, in this process, which is faster than a new one."""
    return CliRunner().invoke(main, ["--policy", policy, "--database-url", url, "--format", output, *arguments])


def test_the_page_has_the_keys_of_each_document(policy: str, small: str, tmp_path: Path) -> None:
    """Every key that a command prints is in docs/json.md, and every key there is printed."""
    guard(small, load_policy(Path(policy)))
    model = tmp_path / "models.py"
    model.write_text(MODEL, encoding="utf-8")
    metrics = tmp_path / "purge.prom"
    commands = {
        "policy check": ("policy", "check"),
        "guard check": ("guard", "check"),
        "guard test": ("guard", "test"),
        "purge --dry-run": ("purge", "--dry-run"),
        "purge": ("purge", "--profile", "fast", "--metrics", str(metrics)),
        "purge status": ("purge", "status"),
        "verify": ("verify",),
        "status": ("status",),
        "lint": ("lint", str(model)),
    }
    answers = {heading: run(policy, small, *words) for heading, words in commands.items()}
    assert {heading: shape_differences(heading, json.loads(each.stdout)) for heading, each in answers.items()} == {
        heading: [] for heading in commands
    }
    progress = [json.loads(line) for line in answers["purge"].stderr.splitlines() if line.startswith("{")]
    assert shape_differences("Progress of a purge", progress) == []
    rows = table_rows(section(read(DOCS / "purge.md"), "Metrics"))
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    written = set(re.findall(r"^# TYPE minimize_purge_(\w+)", metrics.read_text(encoding="utf-8"), re.MULTILINE))
    # Nothing has held this purge back.
    assert written == documented - {"conflicts_total", "throttled_seconds_total"}


def test_the_tables_of_the_pages_have_the_headings_of_the_commands(policy: str, small: str) -> None:
    """A column that a command gains or loses is gained or lost by the sample output, too."""
    guard(small, load_policy(Path(policy)))
    commands = ("purge --dry-run", "purge --profile fast", "purge status", "verify", "status")
    printed = {
        command: headings(run(policy, small, *command.split(), output="text").stdout.splitlines())
        for command in commands
    }
    shown = [sample for page in pages() for block in fenced_blocks(read(page)) for sample in samples(block)]
    tables = {s.command: headings(s.lines) for s in shown if headings(s.lines) and s.command != "minimize demo"}
    assert {f"minimize {command}" for command in printed if printed[command]} >= set(tables)
    assert {command: printed[command.removeprefix("minimize ")] for command in tables} == tables


def test_the_sample_output_of_the_readme_names_locations_of_the_policy() -> None:
    """The README is about the reference policy as it is now."""
    names = {location.name for field in load_policy(POLICY).fields for location in field.locations}
    shown = [
        line for block in fenced_blocks(read(README)) for s in samples(block) if headings(s.lines) for line in s.lines
    ]
    rows = [re.split(r" {2,}", line)[0] for line in shown if re.match(r"(core|mart|hist|stg)\.", line)]
    assert set(rows) <= names
    assert len(rows) > 10
    assert f"{len(names)} locations" in read(README)


def test_the_shapes_of_the_page_are_compared_both_ways() -> None:
    """The comparison above finds a key that is missing in the page, and one that is missing in the document."""
    shape = parse_shape('{"run", "process": {..}, "locations": [{"field", "left"}]}')
    assert list(differences({"run": 1, "process": {"x": 1}, "locations": [{"field": 1, "left": 2}]}, shape)) == []
    found = list(differences({"process": {}, "locations": [{"field": 1, "left": 2, "right": 3}]}, shape))
    assert sorted(found) == ["$.locations.right: not in the page", "$.run: not in the document"]


@pytest.mark.timeout(120)
def test_the_site_is_built(tmp_path: Path) -> None:
    """`make docs` finds every page, link, heading and Python name: a warning is an error there."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    api = (tmp_path / "site" / "api" / "index.html").read_text(encoding="utf-8")
    missing = [name for name in minimize.__all__ if not re.search(rf'id="minimize\.(\w+\.)?{name}"', api)]
    assert missing == []
