"""A valid policy, and three throw-away location kinds, so that these tests need no real kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ClassVar

import pydantic
import pytest
from psycopg import sql

from minimize.errors import PolicyError
from minimize.policy import InColumn, Row, Text, WholeTable, isolated_kinds, location_kind, parse_policy

Problems = Callable[[str], list[tuple[int | None, str, str, str]]]

JARGON = re.compile(r"pydantic|\[type|[Ii]nput|instance of|validation error|None|<class|model")

GOOD = """\
schema_version = 1

[policy]
id = "place-of-birth"
title = "Place of birth is no longer collected"
jurisdiction = "US-WA"

[[authority]]
id = "rule"
citation = "WSR 18-10-030"
title = "Application for a licence"
effective = 2018-05-19

[[field]]
id = "place_of_birth"
title = "Place of birth"
authorities = ["rule"]
aliases = ["birthplace", "pob"]

[[field.exception]]
id = "enhanced"
authorities = ["rule"]
status = "needs-legal-confirmation"

[[field.location]]
column = "core.application.place_of_birth"
keep_where = { enhanced = "app_type = 'EDL'" }

[[field.location]]
column = "core.application.form"
member = "placeOfBirth"

[[hold]]
id = "request"
kind = "public-records-request"
authority = "RCW 42.56.100"
table = "core.application"
rows = "applicant_id = 1"
"""


class _Kind:
    """The expressions of a kind; their result does not matter here."""

    def carries(self, _row: Row) -> sql.Composable:
        """True."""
        return sql.SQL("true")

    def without(self, _row: Row) -> sql.Composable:
        """NULL."""
        return sql.SQL("NULL")

    def carried(self, _row: Row) -> sql.Composable:
        """NULL."""
        return sql.SQL("NULL")


@pytest.fixture(scope="module", autouse=True)
def kinds() -> Iterator[None]:
    """Three kinds: a plain column, a member of a document, a whole table."""
    with isolated_kinds():

        @location_kind
        class PlainColumn(_Kind, InColumn):
            kind: ClassVar[str] = "column"

        @location_kind
        class MemberOfDocument(_Kind, InColumn):
            kind: ClassVar[str] = "member"
            key: ClassVar[str | None] = "member"
            member: Text = pydantic.Field(description="Name of the member.")

        @location_kind
        class CopiedTable(_Kind, WholeTable):
            kind: ClassVar[str] = "table"
            key: ClassVar[str | None] = "table"

        yield


@pytest.fixture
def good() -> str:
    """Return the text of a valid policy."""
    return GOOD


@pytest.fixture
def problems_of() -> Problems:
    """Return the problems of a policy text: line, key, message and hint of each."""

    def read(text: str) -> list[tuple[int | None, str, str, str]]:
        with pytest.raises(PolicyError) as caught:
            parse_policy(text, "x.toml")
        assert not JARGON.search(str(caught.value) + caught.value.hint)
        assert caught.value.__cause__ is None
        return [(each.line, each.key, each.what, each.hint) for each in caught.value.problems]

    return read
