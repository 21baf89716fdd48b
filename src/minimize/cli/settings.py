"""The global options, and what every command opens with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from minimize.catalog.connection import Connection, connect
from minimize.catalog.survey import Survey, survey
from minimize.policy import Policy, load_policy


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line and the environment say for all commands."""

    policy_path: Path
    database_url: str | None
    output: str
    verbose: int

    @property
    def is_json(self) -> bool:
        """Whether standard output carries one JSON document."""
        return self.output == "json"

    def load_policy(self) -> Policy:
        """Read and validate the policy file."""
        return load_policy(self.policy_path)

    def load_policy_if_there(self) -> Policy | None:
        """Read and validate the policy file; None where there is no such file."""
        return self.load_policy() if self.policy_path.exists() else None

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open the database and close it at the end."""
        with connect(self.database_url) as conn:
            yield conn

    @contextmanager
    def survey(self) -> Iterator[tuple[Connection, Survey]]:
        """Read the policy, open the database and lay the one over the other."""
        policy = self.load_policy()
        with self.connect() as conn:
            yield conn, survey(conn, policy)


pass_settings = click.make_pass_decorator(Settings)


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON document on one line of standard output."""
    click.echo(json.dumps(document, ensure_ascii=False))
