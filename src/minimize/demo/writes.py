"""The writes of the demo: the statements of the legacy application, and the response of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

import psycopg

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate

# Applicant 0 does not exist, so no hold applies to the row of the first write.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The response to a write: accepted, or the SQLSTATE, message and hint of the refusal."""

    sqlstate: str | None = None
    message: str = ""
    hint: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the row was written."""
        return self.sqlstate is None

    def lines(self) -> list[str]:
        """Return the response as lines, similar to psql."""
        if self.is_accepted:
            return ["accepted"]
        return ["refused", f"SQLSTATE {self.sqlstate}", f"message  {self.message}", f"hint     {self.hint}"]


def write(conn: Connection, statement: LiteralString) -> Answer:
    """Run one of the statements above in its own transaction, and return the response."""
    try:
        conn.execute(statement)
    except psycopg.IntegrityError as error:
        ours = translate(error, "writing an application")
        return Answer(sqlstate=error.sqlstate, message=ours.message, hint=ours.hint)
    except psycopg.Error as error:
        if not error.sqlstate:
            raise translate(error, "writing an application") from None
        message, hint = error.diag.message_primary or "", error.diag.message_hint or ""
        return Answer(sqlstate=error.sqlstate, message=message, hint=hint)
    return Answer()
