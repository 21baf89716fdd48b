"""The environment variables of the demo: none of them can select another database or policy."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_OWN_VARIABLES = frozenset({"MINIMIZE_DATABASE_URL", "DATABASE_URL", "MINIMIZE_POLICY"})


def isolated_environment(environment: Mapping[str, str], policy: Path) -> dict[str, str]:
    """Return the environment without the variables of libpq and minimize, and with this policy.

    PGHOSTADDR and PGSERVICE take precedence even over a URL that names its host.
    """
    kept = {
        name: value for name, value in environment.items() if name not in _OWN_VARIABLES and not name.startswith("PG")
    }
    return {**kept, "MINIMIZE_POLICY": str(policy)}


@contextmanager
def use_isolated_environment(policy: Path) -> Iterator[None]:
    """Run the block and the processes that it starts in the isolated environment, then restore the old one."""
    before = dict(os.environ)
    _replace(isolated_environment(before, policy))
    try:
        yield
    finally:
        _replace(before)


def _replace(environment: Mapping[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)
