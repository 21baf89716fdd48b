"""What the README shows is what the tool says."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from minimize.cli import main

README = Path(__file__).parents[2] / "README.md"


def test_help_in_the_readme_is_the_help_of_the_command() -> None:
    """Every option and command is in the README as `minimize --help` prints it."""
    result = CliRunner().invoke(main, ["--help"], prog_name="minimize", terminal_width=80)
    assert result.output.strip() in README.read_text(encoding="utf-8")


def test_links_in_the_readme_lead_somewhere() -> None:
    """No page that the README names is missing."""
    text = README.read_text(encoding="utf-8")
    targets = [part.split(")")[0].partition("#")[0] for part in text.split("](")[1:]]
    assert [target for target in targets if not (README.parent / target).exists()] == []
