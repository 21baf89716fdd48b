"""The databases of an estate: the URL of each, without a password, and which databases share a server."""

from __future__ import annotations

import re
from typing import Annotated, Self

import pydantic

from minimize.policy.section import Id, Section, Text, invalid_value

_SCHEME = re.compile(r"postgres(?:ql)?(?:\+[a-z][a-z0-9_]*)?://")
"""Also with the name of a driver, as SQLAlchemy writes it."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRET = re.compile(r"[?&][^=&]*(?:password|secret)[^=&]*=", re.IGNORECASE)


def _check_url(value: str) -> str:
    scheme = _SCHEME.match(value)
    if scheme is None:
        raise invalid_value(
            "not a database URL", hint="Write it as postgresql://user@host:5432/database, or name a variable: url_env."
        )
    if _may_hold_password(value[scheme.end() :]):
        raise invalid_value(
            "contains a password, or an @ after the user's name, which may be part of one",
            hint="Remove the password from the file and change it; name the variable that contains the URL: url_env.",
        )
    return value


def _may_hold_password(address: str) -> bool:
    """Return whether the URL may contain a password, including one that contains the characters @, / or ?."""
    user, at, rest = address.partition("@")
    return (bool(at) and (":" in user or "@" in rest)) or _SECRET.search(address) is not None


def _check_variable(value: str) -> str:
    if not _VARIABLE.fullmatch(value):
        # The message does not repeat the value, because it may be the URL itself.
        raise invalid_value(
            "not the name of an environment variable", hint="Name the variable that contains the URL, not the URL."
        )
    return value


class Database(Section):
    """One database of the estate."""

    id: Id = pydantic.Field(description="Short name of the database; reports and `--database` use it.")

    url_env: (
        Annotated[
            str,
            pydantic.AfterValidator(_check_variable),
            pydantic.Field(json_schema_extra={"pattern": f"^{_VARIABLE.pattern}$"}),
        ]
        | None
    ) = pydantic.Field(default=None, description="Name of the environment variable that contains the database's URL.")

    url: Annotated[str, pydantic.AfterValidator(_check_url)] | None = pydantic.Field(
        default=None, description="URL of the database, without a password."
    )

    server: Text | None = pydantic.Field(
        default=None,
        description="Label of the server; databases with one label are purged one after the other. By default host and "
        "port of the URL.",
    )

    @pydantic.model_validator(mode="after")
    def _require_one_url(self) -> Self:
        if self.url is not None and self.url_env is not None:
            raise invalid_value("url and url_env exclude each other", hint="Keep one of the two.")
        if self.url is None and self.url_env is None:
            raise invalid_value(
                "neither url_env nor url is given", hint="Name the variable that contains the database's URL: url_env."
            )
        return self
