"""Which databases of the policy are meant, where each is, and which of them share a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from minimize.catalog.connection import Connection, connect
from minimize.catalog.database_url import conninfo
from minimize.errors import DatabaseError, UsageError
from minimize.policy import Database, Mistake, Policy, did_you_mean, mistaken


@dataclass(frozen=True, slots=True)
class Target:
    """One database to go to."""

    id: str
    server: str
    """Its server's label: databases with the same one are never worked on at the same time."""
    origin: str
    """What says where it is, for messages: a variable, or the policy."""
    url: str = field(repr=False)

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """Open the database and close it at the end.

        Raises:
            DatabaseError: The server does not answer or does not let us in.
        """
        try:
            conn = connect(self.url)
        except DatabaseError as error:
            raise DatabaseError(
                error.message, hint=f"Check {self.origin}, the password and that the server accepts connections."
            ) from None
        with conn:
            yield conn


def find_targets(policy: Policy, path: Path, only: Sequence[str], environment: Mapping[str, str]) -> tuple[Target, ...]:
    """Return where the policy's databases are, in the policy's order; connects to none.

    Args:
        policy: The policy that `path` holds.
        path: For messages.
        only: Ids of the databases that are meant; empty for all of them.
        environment: The variables that `url_env` may name.

    Raises:
        UsageError: The policy has no database with such an id.
        PolicyError: A variable is missing or holds no URL, or a URL cannot be read.
    """
    known = [database.id for database in policy.databases]
    for name in only:
        if name not in known:
            listed = f"Databases here: {', '.join(known)}." if known else "It has no [[database]]."
            raise UsageError(f"policy {policy.id} has no database {name}", hint=did_you_mean(name, known) + listed)
    wanted = [(i, database) for i, database in enumerate(policy.databases) if not only or database.id in only]
    found = [_find(database, index, environment) for index, database in wanted]
    if mistakes := [each for each in found if isinstance(each, Mistake)]:
        raise mistaken(path, mistakes)
    return tuple(each for each in found if isinstance(each, Target))


def _find(database: Database, index: int, environment: Mapping[str, str]) -> Target | Mistake:
    key = "url" if database.url_env is None else "url_env"
    place = ("database", index, key)
    url = database.url if database.url_env is None else environment.get(database.url_env)
    if not url:
        return Mistake(
            place,
            f"the environment variable {database.url_env} is not set",
            f"Set {database.url_env} to the URL of database {database.id}, or choose others with --database.",
        )
    try:
        host = _server(url, environment)
    except UsageError as error:
        where = database.url_env or "it"
        return Mistake(place, f"{where} holds no URL that can be read", error.hint)
    return Target(database.id, database.server or host or database.id, database.url_env or "the url of the policy", url)


def _server(url: str, environment: Mapping[str, str]) -> str | None:
    """Return host and port as libpq will see them; None where a service file has them."""
    given = conninfo_to_dict(conninfo(url))
    host = given.get("host") or given.get("hostaddr") or environment.get("PGHOST")
    if host is None and (given.get("service") or environment.get("PGSERVICE")):
        return None
    port = given.get("port") or environment.get("PGPORT") or 5432
    return f"{str(host or 'local').lower()}:{port}"
