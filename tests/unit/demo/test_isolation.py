"""The environment of the demo selects no database other than its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from minimize.demo.isolation import isolated_environment, use_isolated_environment

POLICY = Path("/reference/policy.toml")


def test_variables_that_select_a_database_are_removed() -> None:
    """Every PG* variable and every URL is removed, the policy is replaced, and the rest is unchanged."""
    given = {"PGHOSTADDR": "192.0.2.1", "DATABASE_URL": "x", "MINIMIZE_DATABASE_URL": "x", "HOME": "/home"}
    assert isolated_environment(given | {"MINIMIZE_POLICY": "mine.toml"}, POLICY) == {
        "HOME": "/home",
        "MINIMIZE_POLICY": str(POLICY),
    }


def test_the_environment_is_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is restored after the block, also after an exception."""
    monkeypatch.setenv("PGSERVICE", "mine")
    before = dict(os.environ)

    def fail() -> None:
        with use_isolated_environment(POLICY):
            assert "PGSERVICE" not in os.environ
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dict(os.environ) == before
