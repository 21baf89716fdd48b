"""Cut a release: `release.py 1.2.3` dates the changelog, commits and tags; `--notes 1.2.3` prints its part of it.

Nothing is pushed. The version of the package is read from the tag.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGELOG = ROOT / "CHANGELOG.md"
PYPROJECT = ROOT / "pyproject.toml"

VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
UNRELEASED = "## [Unreleased]"
FALLBACK = re.compile(r'^fallback-version = "[^"]*"', re.MULTILINE)


def cut(changelog: str, version: str, day: date) -> str:
    """Return the changelog with what is unreleased under the version, and an empty part for what comes next.

    Raises:
        SystemExit: The version has a part already, or nothing is unreleased.
    """
    if f"\n## [{version}]" in changelog:
        sys.exit(f"error: CHANGELOG.md has a part for {version}\nhint: Choose the next version.")
    if not notes(changelog, "Unreleased"):
        sys.exit(f"error: nothing is under {UNRELEASED} in CHANGELOG.md\nhint: Describe what changed.")
    return changelog.replace(UNRELEASED, f"{UNRELEASED}\n\n## [{version}] - {day:%Y-%m-%d}", 1)


def notes(changelog: str, version: str) -> str:
    """Return the part of the changelog for one version, without its heading.

    Raises:
        SystemExit: There is no such part.
    """
    found = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if found is None:
        sys.exit(f"error: CHANGELOG.md has no part for {version}\nhint: Run `make release VERSION={version}`.")
    return found[1].strip()


def raise_fallback(pyproject: str, version: str) -> str:
    """Return pyproject.toml with the version of a copy without tags: a development version of the next minor."""
    major, minor, _ = version.split(".")
    return FALLBACK.sub(f'fallback-version = "{major}.{int(minor) + 1}.0.dev0"', pyproject, count=1)


def git(*arguments: str) -> str:
    """Run a git command in the checkout and return what it prints."""
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def release(version: str) -> None:
    """Date the changelog, commit it and tag the commit.

    Raises:
        SystemExit: The branch is not main, the checkout has changes, the tag exists, or the changelog is empty.
    """
    if (branch := git("branch", "--show-current")) != "main":
        sys.exit(f"error: a release is cut from main, and this is {branch or 'no branch'}\nhint: git switch main")
    if git("status", "--porcelain"):
        sys.exit("error: the checkout has changes\nhint: Commit or stash them.")
    if git("tag", "--list", f"v{version}"):
        sys.exit(f"error: the tag v{version} exists\nhint: Choose the next version.")
    today = datetime.now(UTC).date()
    CHANGELOG.write_text(cut(CHANGELOG.read_text(encoding="utf-8"), version, today), encoding="utf-8")
    PYPROJECT.write_text(raise_fallback(PYPROJECT.read_text(encoding="utf-8"), version), encoding="utf-8")
    git("commit", "--quiet", "--message", f"Release {version}", "--", str(CHANGELOG), str(PYPROJECT))
    git("tag", "--annotate", f"v{version}", "--message", f"minimize {version}")
    print(f"Tagged v{version}. Check it with `git show`, then publish it: git push --follow-tags")


def main(arguments: list[str]) -> None:
    """Cut the release, or print the notes of one."""
    version = arguments[-1] if arguments else ""
    if not VERSION.fullmatch(version):
        sys.exit("error: no version of the form 1.2.3 is given\nhint: make release VERSION=1.2.3")
    if arguments[0] == "--notes":
        print(notes(CHANGELOG.read_text(encoding="utf-8"), version))
    else:
        release(version)


if __name__ == "__main__":
    main(sys.argv[1:])
