"""Tests of reading policy files: a mistake is reported with file, line and key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from minimize.errors import PolicyError
from minimize.policy import digest, load_policy, parse_policy
from tests.unit.policy.conftest import Problems

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.policy.conftest import Problems


def test_all_mistakes_are_reported_together(good: str) -> None:
    """Malformed parts and contradictions are reported together, in order of line, one line each."""
    text = good.replace('id = "request"', 'idd = "request"').replace("{ enhanced", "{ other")
    text = text.replace("2018-05-19", "3").replace('"pob"]', '"birthplace"]')
    with pytest.raises(PolicyError) as caught:
        parse_policy(text, "policies/x.toml")
    no_date = "expected a date without quotes, such as 2018-05-19, found a whole number"
    no_exception = "no [[field.exception]] of this field has the id 'other'"
    assert str(caught.value).splitlines() == [
        f"policies/x.toml:12: authority[0].effective: {no_date}",
        "policies/x.toml:18: field[0].aliases[1]: the alias 'birthplace' is already at field[0].aliases[0]",
        f"policies/x.toml:27: field[0].location[0].keep_where.other: {no_exception}",
        "policies/x.toml:34: hold[0].idd: unknown key",
    ]
    assert all(problem.hint in caught.value.hint for problem in caught.value.problems)
    assert caught.value.exit_code == 2


def test_a_misspelt_section_is_reported_once(good: str, problems_of: Problems) -> None:
    """A misspelt section is reported once, not also as missing or as an unknown reference."""
    for old, new, meant in [
        ("[policy]", "[polcy]", "policy"),
        ("[[authority]]", "[[autority]]", "authority"),
    ]:
        ((_, key, what, hint),) = problems_of(good.replace(old, new))
        assert (key, what) == (new.strip("[]"), "unknown key")
        assert f'Did you mean "{meant}"?' in hint


def test_python_names_are_not_keys(good: str, problems_of: Problems) -> None:
    """A file is read by its documented keys, not by the names of attributes."""
    (problem,) = problems_of(good.replace("[[hold]]", "[[holds]]"))
    assert problem[1:3] == ("holds", "unknown key")


def test_a_newer_policy_is_reported_as_such_only(good: str, problems_of: Problems) -> None:
    """Keys of a later format are not reported as mistakes."""
    text = good.replace("schema_version = 1", "schema_version = 2").replace("[policy]", "[policy]\nnew = 1")
    assert [problem[1] for problem in problems_of(text)] == ["schema_version"]


def test_predicates_are_not_echoed(good: str, problems_of: Problems) -> None:
    """The text of a predicate does not reach a message."""
    text = good.replace("\"app_type = 'EDL'\"", "[\"app_type = 'SECRET'\"]").replace(
        "applicant_id = 1", "SECRET\\u0000"
    )
    assert "SECRET" not in str(problems_of(text))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", None, "the file is empty"),
        (" \n\t\n", None, "the file is empty"),
        ("a = 1\nb 2\n", 2, "not TOML: expected '=' after a key"),
        ("a = 1\na = 2\n", 2, "not TOML: cannot overwrite a value"),
        ("a = 1\nb = [1,\n", 2, "at the end of the file"),
        ("a = 2018-02-30\n", 1, "not TOML: invalid"),
        ("a = " + "[" * 5000 + "]" * 5000, None, "nested too deeply"),
        ("a = " + "9" * 5000, None, "too many digits"),
    ],
)
def test_what_is_not_toml(text: str, line: int | None, what: str, problems_of: Problems) -> None:
    """A syntax error is one line with its place in the file."""
    ((found_line, key, found, hint),) = problems_of(text)
    assert (found_line, key) == (line, "")
    assert what in found
    assert hint.endswith(".")


def test_comments_only(problems_of: Problems) -> None:
    """A file of comments lacks every required section."""
    assert [problem[1] for problem in problems_of("# nothing yet\n")] == [
        "schema_version",
        "policy",
        "authority",
        "field",
    ]


def test_a_file_is_read(good: str, tmp_path: Path) -> None:
    """A file is read with or without a byte order mark."""
    path = tmp_path / "minimize.toml"
    path.write_text(good, encoding="utf-8-sig", newline="\r\n")
    assert load_policy(path) == parse_policy(good, "x")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, a directory and a wrong encoding are each one clear line."""
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"# one\n# \xe9\n")
    for path, message in [
        (tmp_path / "none.toml", f"{tmp_path}/none.toml: there is no such file"),
        (tmp_path, f"{tmp_path}: this is a directory, not a policy file"),
        (latin, f"{latin}:2: this is not UTF-8 text"),
        (latin / "x", f"{latin}/x: cannot be read: Not a directory"),
    ]:
        with pytest.raises(PolicyError) as caught:
            load_policy(path)
        assert str(caught.value) == message
        assert caught.value.hint


def test_permission_denied_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the operating system is reported in plain words."""

    def refuse(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(PolicyError, match="permission denied"):
        load_policy(tmp_path / "minimize.toml")


def test_digest_ignores_order_comments_and_written_defaults(good: str) -> None:
    """Two files with the same content have the same digest."""
    same = good.replace('"birthplace", "pob"', '"pob", "birthplace"')
    same = same.replace("[[field.exception]]", 'on_write = "reject" # default\n[[field.exception]]')
    head, first, second = same.partition("[[hold]]")[0].rsplit("[[field.location]]", 2)
    hold = same.partition("[[hold]]")[2]
    same = f"{head}[[field.location]]{second}[[field.location]]{first}[[hold]]{hold}"
    assert digest(good) == digest(same) == digest(parse_policy(good, "x"))
    assert re.fullmatch(r"[0-9a-f]{64}", digest(good))


@pytest.mark.parametrize(("old", "new"), [("'EDL'", "'EID'"), ('"pob"', '"pobox"'), ("2018-05-19", "2018-05-20")])
def test_digest_changes_with_the_content(good: str, old: str, new: str) -> None:
    """A change of the content changes the digest."""
    assert digest(good) != digest(good.replace(old, new))


def test_a_path_can_be_text(tmp_path: Path, good: str) -> None:
    """Also relative, as a program has it from its settings; the messages have the same path."""
    path = tmp_path / "minimize.toml"
    path.write_text(good)
    assert load_policy(str(path)) == load_policy(path)
    with pytest.raises(PolicyError, match=r"^missing\.toml: there is no such file$") as caught:
        load_policy("missing.toml")
    assert caught.value.hint == "Correct the path of the policy; on the command line, --policy sets it."


def test_a_path_with_a_nul_is_a_mistake() -> None:
    """Python refuses it before it asks the system."""
    with pytest.raises(PolicyError, match="this is not the path of a file"):
        load_policy("a\0b")
