"""One migration as the operations see it: its policy, its database if there is one, and how SQL is run or written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg
from alembic.operations import Operations
from alembic.util import CommandError
from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.error_translation import translate
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.survey import Presence, Site, Survey, survey
from minimize.errors import MinimizeError, PolicyError, RefusedError, UsageError
from minimize.locations import TableRow
from minimize.locations.object_names import literal
from minimize.policy import Field, Policy, load_policy
from minimize.sql import LOCK_ATTEMPTS, LOCK_TIMEOUT, install
from minimize.sql import lock_tables as sql_lock_tables


class MigrationRefusedError(RefusedError, CommandError):
    """A migration that cannot go on; Alembic's command line prints it without a traceback."""

    def __str__(self) -> str:
        """Return message and hint, since Alembic prints one text only."""
        return f"{self.message}\nhint: {self.hint}"


@dataclass(frozen=True)
class Migration:
    """What an operation of ours needs of Alembic, the same online and with `--sql`."""

    operations: Operations
    field_id: str
    notes: list[str] = field(default_factory=list)
    """What the hint of a later refusal has to add."""

    @cached_property
    def policy(self) -> Policy:
        """The policy that the environment names."""
        return load_policy(policy_path(self.operations))

    @property
    def field(self) -> Field:
        """The retired field this operation is about."""
        return self.policy.find_field(self.field_id)

    @property
    def is_offline(self) -> bool:
        """Whether SQL is written instead of run."""
        return bool(self.operations.migration_context.as_sql)

    @property
    def connection(self) -> Connection:
        """The driver's connection, inside Alembic's transaction."""
        return driver_connection(self.operations)

    def survey(self) -> Survey:
        """Look the whole policy up in the database."""
        return survey(self.connection, self.policy)

    def sites(self) -> tuple[Site, ...]:
        """Return the field's locations that are there; with `--sql` all of them, their types unknown.

        Raises:
            PolicyError: A location does not exist and was not dropped.
        """
        if self.is_offline:
            return tuple(Site(self.field, loc, Presence.PRESENT, TableRow()) for loc in self.field.locations)
        found = self.survey()
        found.require_known()
        return tuple(site for _, site in found.sites(self.field_id) if site.presence is Presence.PRESENT)

    def check(self) -> None:
        """Refuse a policy that does not fit the database; with `--sql` there is none to ask.

        Raises:
            PolicyError: A name, a type or a predicate does not fit.
        """
        if not self.is_offline:
            check_survey(self.connection, self.survey())

    def install(self) -> None:
        """Bring schema `minimize` to this release."""
        self.run(install())

    def lock(self, sites: Iterable[Site]) -> None:
        """Take ACCESS EXCLUSIVE on the sites' tables, all or none, within the environment's lock budget."""
        self.run([lock_tables(self.operations, sites)])

    def run(self, statements: Iterable[sql.Composable]) -> None:
        """Run the statements in order, or write them."""
        for statement in statements:
            text = statement.as_string(None)
            if self.is_offline:
                self.operations.migration_context.impl.static_output(f"{text};")
            else:
                self.connection.execute(sql.SQL("{}").format(statement))

    @contextmanager
    def outside_transaction(self) -> Iterator[None]:
        """Commit what the migration did so far, and run the block in transactions of its own."""
        self.notes.append("What this revision did before op.drop_field is committed: make it repeatable.")
        with self.operations.migration_context.autocommit_block():
            yield


@contextmanager
def refusing(session: Migration) -> Iterator[Migration]:
    """Turn what stops an operation into one error that Alembic prints as message and hint."""
    try:
        yield session
    except MigrationRefusedError:
        raise
    except MinimizeError as error:
        raise MigrationRefusedError(error.message, hint=" ".join([error.hint, *session.notes])) from None
    except psycopg.Error as error:
        ours = translate(error, f"migrating field {session.field_id}")
        raise MigrationRefusedError(ours.message, hint=" ".join([ours.hint, *session.notes])) from None


def driver_connection(operations: Operations) -> Connection:
    """Return the psycopg connection below Alembic's.

    Raises:
        UsageError: The environment connects by another driver.
    """
    raw = operations.get_bind().connection.driver_connection
    if not isinstance(raw, psycopg.Connection):
        raise UsageError(
            f"the Alembic environment connects through {type(raw).__module__}",
            hint="Use a postgresql+psycopg:// URL in alembic.ini or env.py.",
        )
    return raw


def lock_tables(operations: Operations, sites: Iterable[Site]) -> sql.Composable:
    """Return the statement that locks the sites' tables within the environment's budget."""
    tables = [literal(name) for name in sorted({site.location.table_name for site in sites})]
    return sql_lock_tables(
        tables,
        option(operations, "minimize_lock_timeout") or LOCK_TIMEOUT,
        int(option(operations, "minimize_lock_attempts") or LOCK_ATTEMPTS),
    )


def option(operations: Operations, name: str) -> str | None:
    """Return an option of alembic.ini, or of [tool.alembic] in pyproject.toml."""
    config = operations.migration_context.config
    return None if config is None else config.get_alembic_option(name)


def policy_path(operations: Operations) -> Path:
    """Return the policy's path: MINIMIZE_POLICY, else `minimize_policy`, else minimize.toml beside alembic.ini."""
    config = operations.migration_context.config
    given = os.environ.get("MINIMIZE_POLICY") or option(operations, "minimize_policy")
    here = Path(config.config_file_name or ".").absolute().parent if config is not None else Path()
    path = here / (given or "minimize.toml") if not os.environ.get("MINIMIZE_POLICY") else Path(str(given))
    if not path.is_file():
        raise PolicyError(f"{path}: there is no policy", hint="Set MINIMIZE_POLICY, or minimize_policy in alembic.ini.")
    return path
