"""The demo's own environment: nothing the caller has exported can lead it to another database or policy."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_OURS = frozenset({"MINIMIZE_DATABASE_URL", "DATABASE_URL", "MINIMIZE_POLICY"})


def isolated(environment: Mapping[str, str], policy: Path) -> dict[str, str]:
    """Return an environment without libpq's PG* variables and our own, and with this policy.

    PGHOSTADDR and PGSERVICE overrule even a URL that names its host.
    """
    kept = {name: value for name, value in environment.items() if name not in _OURS and not name.startswith("PG")}
    return {**kept, "MINIMIZE_POLICY": str(policy)}


@contextmanager
def own_environment(policy: Path) -> Iterator[None]:
    """Run the block, and the processes it starts, in the isolated environment; then put the old one back."""
    before = dict(os.environ)
    _replace(isolated(before, policy))
    try:
        yield
    finally:
        _replace(before)


def _replace(environment: Mapping[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)
