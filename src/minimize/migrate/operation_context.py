"""What an operation needs to run: its field, its policy, the survey, and the execution or printing of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from alembic.operations import Operations
from psycopg import sql

from minimize.catalog.connection import Connection
from minimize.catalog.policy_fit.check import check_survey
from minimize.catalog.survey import Presence, Site, Survey, survey
from minimize.locations import TableRow
from minimize.migrate.alembic_config import driver_connection, policy_path
from minimize.migrate.lock_tables import lock_sites
from minimize.migrate.migration_error import translate_for_alembic
from minimize.policy import Field, Policy, load_policy
from minimize.sql.install import install


@dataclass(frozen=True, kw_only=True)
class OperationContext:
    """One operation on one field, online or with `--sql` (offline: there is no connection)."""

    operations: Operations
    field_id: str
    notes: list[str] = field(default_factory=list)
    """Sentences for the hint of a later error."""

    @cached_property
    def policy(self) -> Policy:
        """The policy that the environment names."""
        return load_policy(policy_path(self.operations))

    @property
    def field(self) -> Field:
        """The retired field."""
        return self.policy.find_field(self.field_id)

    @property
    def is_offline(self) -> bool:
        """Whether SQL is printed instead of executed."""
        return bool(self.operations.migration_context.as_sql)

    @property
    def connection(self) -> Connection:
        """The connection of the driver, inside Alembic's transaction."""
        return driver_connection(self.operations)

    def survey(self) -> Survey:
        """Survey the whole policy in the database."""
        return survey(self.connection, self.policy)

    def sites(self) -> tuple[Site, ...]:
        """Return the locations of the field that are present; offline all of them, with unknown types.

        Raises:
            PolicyError: A location does not exist and was not dropped.
        """
        if self.is_offline:
            return tuple(
                Site(field=self.field, location=loc, presence=Presence.PRESENT, row=TableRow())
                for loc in self.field.locations
            )
        found = self.survey()
        found.require_known()
        return tuple(site for _, site in found.sites(self.field_id) if site.presence is Presence.PRESENT)

    def check(self) -> None:
        """Refuse a policy that does not fit the database; offline nothing is checked.

        Raises:
            PolicyError: A name, a type or a predicate does not fit.
        """
        if not self.is_offline:
            check_survey(self.connection, self.survey())

    def install(self) -> None:
        """Install the routines of this release in schema `minimize`."""
        self.run(install())

    def lock(self, sites: Iterable[Site]) -> None:
        """Take ACCESS EXCLUSIVE on the tables of the sites, on all of them or on none."""
        self.run([lock_sites(self.operations, sites)])

    def run(self, statements: Iterable[sql.Composable]) -> None:
        """Execute the statements in order, or print them offline."""
        for statement in statements:
            text = statement.as_string(None)
            if self.is_offline:
                self.operations.migration_context.impl.static_output(f"{text};")
            else:
                self.connection.execute(sql.SQL("{}").format(statement))

    @contextmanager
    def outside_transaction(self) -> Iterator[None]:
        """Commit the migration so far, and run the block outside its transaction."""
        self.notes.append("What this revision did before op.drop_field is committed: make it repeatable.")
        with self.operations.migration_context.autocommit_block():
            yield


@contextmanager
def operation_context(operations: Operations, field_id: str) -> Iterator[OperationContext]:
    """Yield the context of an operation; every error in the block is raised as a MigrationRefusedError."""
    context = OperationContext(operations=operations, field_id=field_id)
    with translate_for_alembic(field_id, context.notes):
        yield context
