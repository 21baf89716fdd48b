"""The writes of the story: what the legacy application sends, and what the database answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

import psycopg

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate

# Applicant 0 is nobody, so no hold keeps the row of the first write from being erased.
LEGACY_WRITE: LiteralString = """\
INSERT INTO core.application (filed_on, applicant_id, app_type, office, residence_city, form, place_of_birth)
VALUES ('2018-05-21', 0, 'DL', 'Olympia', 'Tacoma', '{}', 'Springfield')"""

NESTED_WRITE: LiteralString = """\
INSERT INTO core.application (filed_on, applicant_id, app_type, office, residence_city, form)
VALUES ('2018-05-21', 0, 'DL', 'Olympia', 'Tacoma', '{"applicant": {"placeOfBirth": "Springfield"}}')"""

CORRECTED_WRITE: LiteralString = """\
INSERT INTO core.application (filed_on, applicant_id, app_type, office, residence_city, form)
VALUES ('2018-05-21', 0, 'DL', 'Olympia', 'Tacoma', '{}')"""

EXEMPT_WRITE: LiteralString = """\
INSERT INTO core.application (filed_on, applicant_id, app_type, office, residence_city, form, place_of_birth)
VALUES ('2018-05-21', 0, 'EDL', 'Olympia', 'Tacoma', '{}', 'Springfield')"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a write, in the server's own words where it was refused."""

    sqlstate: str | None = None
    message: str = ""
    hint: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the row was written."""
        return self.sqlstate is None

    def lines(self) -> list[str]:
        """Return the answer as psql shows it, a line each."""
        if self.is_accepted:
            return ["accepted"]
        return ["refused", f"SQLSTATE {self.sqlstate}", f"message  {self.message}", f"hint     {self.hint}"]


def write(conn: Connection, statement: LiteralString) -> Answer:
    """Run one of the writes above in a transaction of its own, and return the answer."""
    try:
        conn.execute(statement)
    except psycopg.IntegrityError as error:
        ours = translate(error, "writing an application")
        return Answer(error.sqlstate, ours.message, ours.hint)
    except psycopg.Error as error:
        if not error.sqlstate:
            raise translate(error, "writing an application") from None
        return Answer(error.sqlstate, error.diag.message_primary or "", error.diag.message_hint or "")
    return Answer()
