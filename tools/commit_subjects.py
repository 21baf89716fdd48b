"""Check the subjects of commits for words to avoid, and the subject of a new commit for its length.

Without an argument, it checks the commits since BASE. A commit-msg hook passes the path of the message to check.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BASE = "fdb131a22b33a0648dfb15472919bdf28c8f78a0"
"""Its subject and those of all earlier commits are exempt."""

LONGEST = 72
HAVE = re.compile(r"^(?:[\w ,]+: )?have\s", re.IGNORECASE)
ROOT = Path(__file__).parents[1]


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a git command in the checkout."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def committed() -> list[str] | None:
    """Return each commit since BASE as `hash subject`; None where the history is not there."""
    if git("merge-base", "--is-ancestor", BASE, "HEAD").returncode:
        return None
    return git("log", "--format=%h %s", f"{BASE}..HEAD").stdout.splitlines()


def has_words_to_avoid(lines: list[str]) -> bool:
    """Print each line that contains a word of words.txt, with what to use in its place."""
    command = [str(Path(sys.executable).with_name("codespell")), "-"]
    return bool(subprocess.run(command, cwd=ROOT, input="\n".join(lines), text=True, check=False).returncode)


def main(arguments: list[str]) -> int:
    """Return 1 if a subject has to change."""
    if arguments:
        subject = Path(arguments[0]).read_text(encoding="utf-8").partition("\n")[0]
        lines, subjects = [subject], [subject]
    else:
        found = committed()
        if found is None:
            print(f"commit subjects: not checked, the history does not reach {BASE[:7]}")
            return 0
        lines, subjects = found, [line.partition(" ")[2] for line in found]
    failed = has_words_to_avoid(lines)
    for line, subject in zip(lines, subjects, strict=True):
        if HAVE.match(subject):
            print(f"{line}\n\tHave ==> an imperative verb: Skip, Refuse, Report")
            failed = True
        if arguments and len(subject) > LONGEST:
            print(f"{line}\n\t{len(subject)} characters ==> {LONGEST} at most")
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
