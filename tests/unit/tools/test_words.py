"""`make words` finds each word to avoid, and nothing in plain text."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run

import pytest

from tools import commit_subjects

ROOT = Path(__file__).parents[3]
WORDS = [line.partition("->")[0] for line in (ROOT / "tools" / "words.txt").read_text(encoding="utf-8").splitlines()]


def codespell(text: str) -> tuple[int, str]:
    """Return the exit code and the output for a text, with the settings of pyproject.toml."""
    command = [str(Path(sys.executable).with_name("codespell")), "-"]
    result = run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout


def test_each_word_is_found_with_a_replacement() -> None:
    """Each line of the list is found, also with a capital letter."""
    _, output = codespell("".join(f"The text {word} is here.\n{word.capitalize()}.\n" for word in WORDS))
    for word in WORDS:
        assert f"\t{word} ==> " in output
        assert f"\t{word.capitalize()} ==> " in output


def test_names_are_searched() -> None:
    """A word inside an identifier is found, in snake case and in camel case."""
    word = max((each for each in WORDS if " " not in each), key=len)
    _, output = codespell(f"{word}_by\nis{word.capitalize()}Of\n{word.upper()}_AT\n")
    assert output.count("==>") == 3


def test_plain_text_is_clean() -> None:
    """Words that contain one of the list are no finding."""
    assert codespell("A seller is telephoned; the shear is wishful. The request is released again.\n") == (0, "")


def test_a_commit_subject_is_checked(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A long subject, and one that does not start with an imperative, is refused; the body is free."""
    message = tmp_path / "message"
    message.write_text("purge: Skip locked rows on the second pass\n\n" + "x" * 100)
    assert commit_subjects.main([str(message)]) == 0
    message.write_text("Have " + "x" * 70)
    assert commit_subjects.main([str(message)]) == 1
    output = capfd.readouterr().out
    assert "75 characters" in output
    assert "an imperative verb" in output
