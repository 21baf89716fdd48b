"""A small estate: one database with its policy, and the operations as Alembic runs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from minimize.catalog.survey import Survey, survey
from minimize.guard.drift import Drift, find_drift
from minimize.migrate import DropFieldOp, GuardFieldOp, RestoreFieldOp, UnguardFieldOp
from minimize.plan.drop_gate import Route
from minimize.policy import parse_policy
from tests import policy_text as builder

FIELD = "birthplace"
CITATION = builder.CITATION
BIRTHPLACE = 'column = "lab.person.birthplace"'

DISPOSITION = """
[disposition]
authority = "Schedule 7"
approved_by = "Records officer, 2018-05-21"
"""

HOLD = """
[[hold]]
id = "request-42"
kind = "public-records-request"
authority = "RCW 42.56.100"
table = "lab.person"
rows = "id IN (SELECT person_id FROM lab.held)"
"""


def policy_text(*locations: str, rest: str = DISPOSITION, aliases: Sequence[str] = (), on_write: str = "reject") -> str:
    """Return a policy with the locations, each given as its TOML keys."""
    tables = "\n\n".join(f"[[field.location]]\n{location}" for location in locations or (BIRTHPLACE,))
    return builder.policy_text(
        tables, rest, field=FIELD, aliases=aliases, on_write=on_write, exceptions=["enhanced", "hazmat"]
    )


@dataclass(frozen=True)
class Estate:
    """One database, its policy, and the options of alembic.ini."""

    url: str
    directory: Path
    options: Mapping[str, str]

    @classmethod
    def create(cls, url: str, directory: Path, policy: str) -> Estate:
        """Write the policy to a directory. The lock timeout is short, so that tests are fast."""
        (directory / "policy.toml").write_text(policy, encoding="utf-8")
        options = {"minimize_lock_timeout": "100ms", "minimize_lock_attempts": "2"}
        return cls(url, directory, {"minimize_policy": str(directory / "policy.toml"), **options})

    def under(self, policy: str) -> Estate:
        """Return the same database with another policy."""
        (self.directory / "other.toml").write_text(policy, encoding="utf-8")
        return self.with_options(minimize_policy=str(self.directory / "other.toml"))

    def with_options(self, **options: str) -> Estate:
        """Return the same estate with other options in alembic.ini."""
        return replace(self, options={**self.options, **options})

    def seen_by(self, url: str) -> Estate:
        """Return the same estate for another role."""
        return replace(self, url=url)

    @property
    def sqlalchemy_url(self) -> str:
        """The URL with psycopg as the driver."""
        return self.url.replace("postgresql://", "postgresql+psycopg://", 1)

    def config(self) -> Config:
        """Return an alembic.ini that exists in memory only."""
        config = Config()
        for name, value in self.options.items():
            config.set_main_option(name, value.replace("%", "%%"))
        return config

    @contextmanager
    def migration(self) -> Iterator[Operations]:
        """Yield the operations inside the transaction of one migration, as with `transaction_per_migration`."""
        engine = sa.create_engine(self.sqlalchemy_url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            environment = EnvironmentContext(self.config(), cast("ScriptDirectory", None))
            environment.configure(connection=connection, transaction_per_migration=True)
            context = environment.get_context()
            with context.begin_transaction(_per_migration=True):
                yield Operations(context)

    def guard(self) -> None:
        """Run op.guard_field."""
        with self.migration() as operations:
            GuardFieldOp.guard_field(operations, FIELD)

    def unguard(self) -> None:
        """Run op.unguard_field."""
        with self.migration() as operations:
            UnguardFieldOp.unguard_field(operations, FIELD)

    def drop(self, *, route: Route = "purge", ignore: tuple[str, ...] = ()) -> None:
        """Run op.drop_field."""
        with self.migration() as operations:
            DropFieldOp.drop_field(operations, FIELD, route=route, ignore=ignore)

    def restore(self, types: Mapping[str, str]) -> None:
        """Run op.restore_field."""
        with self.migration() as operations:
            RestoreFieldOp.restore_field(operations, FIELD, types=types)

    @contextmanager
    def connect(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Connect in autocommit mode."""
        with psycopg.connect(self.url, autocommit=True) as conn:
            yield conn

    def run(self, *statements: str, **parts: str) -> None:
        """Run statements of the test; `{name}` in them is replaced by one of the parts."""
        with self.connect() as conn:
            for statement in statements:
                conn.execute(_fill(statement, parts))

    def ask(self, query: str, **parts: str) -> Any:
        """Return the first column of the first row of a query of the test."""
        with self.connect() as conn:
            row = conn.execute(_fill(query, parts)).fetchone()
        return row[0] if row else None

    def ask_all(self, query: str, **parts: str) -> list[Any]:
        """Return the first column of a query of the test."""
        with self.connect() as conn:
            return [row[0] for row in conn.execute(_fill(query, parts))]

    def survey(self, conn: psycopg.Connection[tuple[Any, ...]]) -> Survey:
        """Return the survey of the policy."""
        path = Path(self.options["minimize_policy"])
        return survey(conn, parse_policy(path.read_text(encoding="utf-8"), "test.toml"))

    def drift(self) -> tuple[Drift, ...]:
        """Return the drift of the guard."""
        with self.connect() as conn:
            return find_drift(conn, self.survey(conn))

    def problems(self) -> set[tuple[str, str, str]]:
        """Return the drift as problem, relation and location."""
        return {(drift.problem, drift.relation, drift.location) for drift in self.drift()}

    def columns(self, table: str) -> list[str]:
        """Return the columns of a table."""
        return self.ask_all(
            "SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass"
            " AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            table=table,
        )


def _fill(statement: str, parts: Mapping[str, str]) -> bytes:
    for name, part in parts.items():
        statement = statement.replace(f"{{{name}}}", part)
    return statement.encode()
