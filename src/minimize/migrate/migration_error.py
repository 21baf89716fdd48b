"""The error that stops a migration, and its translation from the errors of the database and of minimize."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from alembic.util import CommandError

from minimize.catalog.error_translation import translate
from minimize.errors import MinimizeError, RefusedError


class MigrationRefusedError(RefusedError, CommandError):
    """A migration cannot continue; the command line of Alembic prints the error without a traceback."""

    def __str__(self) -> str:
        """Return message and hint as one text, because Alembic prints only one."""
        return f"{self.message}\nhint: {self.hint}"


@contextmanager
def translate_for_alembic(field: str, notes: Sequence[str]) -> Iterator[None]:
    """Raise every error of the block as a MigrationRefusedError.

    Args:
        field: Id of the retired field, for the message.
        notes: Sentences to append to the hint. The block may add some while it runs.
    """
    try:
        yield
    except MigrationRefusedError:
        raise
    except MinimizeError as error:
        raise MigrationRefusedError(error.message, hint=" ".join([error.hint, *notes])) from None
    except psycopg.Error as error:
        translated = translate(error, f"migrating field {field}")
        raise MigrationRefusedError(translated.message, hint=" ".join([translated.hint, *notes])) from None
