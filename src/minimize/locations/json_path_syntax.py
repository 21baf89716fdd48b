"""The steps of a path to a member of a JSON document."""

from __future__ import annotations

import enum
import json
import re
from typing import Final


class _InString(enum.Enum):
    IN_STRING = ".json()"


IN_STRING: Final = _InString.IN_STRING
"""The step into the document inside a string."""

ANY_ELEMENT: Final = None
"""The step to every element of an array."""

PathStep = str | _InString | None
"""A member's name, IN_STRING or ANY_ELEMENT."""

_STEP = re.compile(
    r"""(?P<parsed>\.json\(\))           # the JSON in a string, in the syntax of a jsonpath method
      | \.(?P<plain>[^\W\d][\w$]*)      # .name, as jsonpath accepts it unquoted
      | \.(?P<quoted>"(?:[^"\\]|\\.)*") # ."any name", with JSON's escapes
      | (?P<any>\[\*\])                 # every element of an array
    """,
    re.VERBOSE,
)


def parse_path(path: str) -> tuple[PathStep, ...]:
    """Split a path into its steps.

    Raises:
        ValueError: It is not `$` followed by steps, or does not end in a member name.
    """
    if not path.startswith("$"):
        raise ValueError("a path starts with $, as in $.applicant.placeOfBirth")
    steps: list[PathStep] = []
    position = 1
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            raise ValueError(
                f'cannot read the path from character {position + 1} on; steps are .name, ."any name", [*] and .json()'
            )
        steps.append(_step_of(match))
        position = match.end()
    if not steps or not isinstance(steps[-1], str):
        raise ValueError("a path ends in the member that is retired, as in $.applicant.placeOfBirth")
    return tuple(steps)


def _step_of(match: re.Match[str]) -> PathStep:
    if match["any"]:
        return ANY_ELEMENT
    if match["parsed"]:
        return IN_STRING
    if match["plain"]:
        return match["plain"]
    try:
        name = json.loads(match["quoted"])
    except ValueError:
        raise ValueError("a quoted member name may use only the escapes of JSON") from None
    if re.search("[\0\ud800-\udfff]", name):
        raise ValueError("PostgreSQL cannot store a member name with a NUL character or half a surrogate pair")
    assert isinstance(name, str)
    return name
