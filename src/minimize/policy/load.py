"""Reads a policy file, and reports all mistakes in it at once, each with its line and key."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pydantic

from minimize.errors import PolicyError, Problem, UsageError
from minimize.policy.consistency import find_contradictions
from minimize.policy.explain import explain
from minimize.policy.mistakes import Mistake, format_path
from minimize.policy.model import SCHEMA_VERSION, Policy
from minimize.policy.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def load_policy(path: str | os.PathLike[str]) -> Policy:
    """Read and validate a policy file.

    Raises:
        UsageError: The argument is not a path.
        PolicyError: The file cannot be read, or is not a policy; `problems` has one entry for each mistake.
    """
    try:
        file = Path(path)
    except TypeError:
        raise UsageError(
            f"the policy is given as {type(path).__name__}, which is not a path",
            hint="Pass the path of its file as str or pathlib.Path; most functions also accept a minimize.Policy.",
        ) from None
    source = str(file)
    return parse_policy(_decode(_read(file, source), source), source)


def _read(path: Path, source: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _unreadable(
            source, "there is no such file", "Correct the path of the policy; on the command line, --policy sets it."
        ) from None
    except IsADirectoryError:
        raise _unreadable(source, "this is a directory, not a policy file", "Name the file in it.") from None
    except PermissionError:
        raise _unreadable(source, "permission denied", "Ask for the right to read this file.") from None
    except ValueError:
        raise _unreadable(ascii(source), "this is not the path of a file", "Remove the NUL character.") from None
    except OSError as error:
        raise _unreadable(source, f"cannot be read: {error.strerror}", "Check the path and the file system.") from None


def parse_policy(text: str, source: str) -> Policy:
    """Validate the text of a policy; `source` names it in messages.

    Raises:
        PolicyError: The text is not a policy; `problems` has one entry for each mistake, in order of line.
    """
    document = _read_toml(text, source)
    if mistakes := _newer_version(document):
        raise _error(mistakes, text, source)
    try:
        policy = Policy.model_validate(document, by_alias=True, by_name=False)
    except pydantic.ValidationError as error:
        mistakes = [*explain(error, document), *find_contradictions(document)]
    else:
        return policy
    # pydantic's own error contains the values of the file.
    raise _error(mistakes, text, source) from None


def mistaken(path: Path, mistakes: Iterable[Mistake]) -> PolicyError:
    """Return the error for mistakes that are found only when the policy of a file is used, each with its line.

    Raises:
        PolicyError: The file can no longer be read.
    """
    source = str(path)
    return _error(list(mistakes), _decode(_read(path, source), source), source)


def digest(policy: Policy | str) -> str:
    """Return the SHA-256, in hexadecimal, of the content of a policy or of its TOML text.

    The order of keys and tables, comments and explicit defaults make no difference. The databases make no difference
    either: the policy for each database stays the same when another one joins the estate or one moves.

    Raises:
        PolicyError: The text is not a policy.
    """
    if isinstance(policy, str):
        policy = parse_policy(policy, "policy")
    content = policy.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"databases"})
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(value: object, key: str = "") -> str:
    """Return JSON with a fixed order of keys and of list elements."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(name)}:{_canonical(value[name], name)}" for name in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(sorted(_canonical_item(item, key) for item in value)) + "]"
    return json.dumps(value)


def _canonical_item(item: object, key: str) -> str:
    # The order of a list inside a location may have a meaning to its kind.
    return json.dumps(item, sort_keys=True) if key == "location" else _canonical(item)


def _decode(content: bytes, source: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unreadable(source, "this is not UTF-8 text", "Save the file with the encoding UTF-8.", line) from None


def _read_toml(text: str, source: str) -> dict[str, Any]:
    if not text.strip():
        raise _unreadable(source, "the file is empty", "Start from the example in docs/policy.md.") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, line = _syntax_error(str(error), text)
    except RecursionError:
        what, line = "tables or arrays are nested too deeply", None
    except ValueError:
        what, line = "a number has too many digits", None
    raise _unreadable(
        source, f"not TOML: {what}", "Correct the syntax; text goes in quotes, keys before =.", line
    ) from None


def _syntax_error(message: str, text: str) -> tuple[str, int]:
    place = _TOML_PLACE.search(message)
    what = _TOML_PLACE.sub("", message)
    line = int(place[1]) if place and place[1] else len(text.splitlines())
    column = f", at column {place[2]}" if place and place[2] else ", at the end of the file"
    return what[:1].lower() + what[1:] + column, line


def _newer_version(document: dict[str, Any]) -> list[Mistake]:
    # A later format may have keys that are unknown here, so no other mistake is reported.
    version = document.get("schema_version")
    if type(version) is not int or version <= SCHEMA_VERSION:
        return []
    what = f"this policy has schema_version {version}; this minimize reads {SCHEMA_VERSION}"
    return [Mistake(("schema_version",), what, "Upgrade minimize to read it.")]


def _error(mistakes: list[Mistake], text: str, source: str) -> PolicyError:
    positions = Positions(text)
    problems = [
        Problem(each.what, each.hint, source=source, line=positions.line(each.path), key=format_path(each.path))
        for each in mistakes
    ]
    return PolicyError.from_problems(sorted(problems, key=lambda problem: problem.line or 0))


def _unreadable(source: str, what: str, hint: str, line: int | None = None) -> PolicyError:
    return PolicyError.from_problems([Problem(what, hint, source=source, line=line, key="")])
