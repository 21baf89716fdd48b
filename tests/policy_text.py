"""The policy text that tests share: everything before the locations."""

from __future__ import annotations

import json
from collections.abc import Sequence

CITATION = "WSR 18-10-030"


def policy_text(
    *sections: str,
    field: str = "place_of_birth",
    aliases: Sequence[str] = (),
    on_write: str = "reject",
    exceptions: Sequence[str] = ("enhanced",),
    disposition: str | None = None,
) -> str:
    """Return a policy with one retired field; the sections, such as `[[field.location]]`, follow it.

    Args:
        sections: TOML text, each a table or several.
        field: The id of the retired field.
        aliases: Its other names.
        on_write: What the guard does.
        exceptions: The ids of its exceptions, all confirmed.
        disposition: The authority to destroy what was collected; None leaves the table out.
    """
    parts = [
        "schema_version = 1",
        _table("[policy]", id="test-policy", title="Place of birth is no longer collected", jurisdiction="US-WA"),
        *([] if disposition is None else [_table("[disposition]", authority=disposition, approved_by=disposition)]),
        _table("[[authority]]", id="rule", citation=CITATION, title="Application for a licence")
        + "\neffective = 2018-05-19",
        _table(
            "[[field]]",
            id=field,
            title="Place of birth",
            authorities=["rule"],
            aliases=list(aliases),
            on_write=on_write,
        ),
        *(_table("[[field.exception]]", id=name, authorities=["rule"], status="confirmed") for name in exceptions),
        *(section.strip("\n") for section in sections),
    ]
    return "\n\n".join(parts) + "\n"


def quoted(text: str) -> str:
    """Return a text as TOML writes it: its basic strings take what JSON's strings do."""
    return json.dumps(text, ensure_ascii=False)


def _table(header: str, **keys: str | list[str]) -> str:
    return "\n".join([header, *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())])
