"""The demo's environment leads to no database but its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from minimize.demo.isolation import isolated, own_environment

POLICY = Path("/reference/policy.toml")


def test_nothing_that_names_a_database_stays() -> None:
    """Every PG* variable and every URL goes, the policy is the demo's, and the rest stays."""
    given = {"PGHOSTADDR": "192.0.2.1", "DATABASE_URL": "x", "MINIMIZE_DATABASE_URL": "x", "HOME": "/home"}
    assert isolated(given | {"MINIMIZE_POLICY": "mine.toml"}, POLICY) == {
        "HOME": "/home",
        "MINIMIZE_POLICY": str(POLICY),
    }


def test_the_environment_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the block, and after a failure in it, the environment is what it was."""
    monkeypatch.setenv("PGSERVICE", "mine")
    before = dict(os.environ)

    def fail() -> None:
        with own_environment(POLICY):
            assert "PGSERVICE" not in os.environ
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dict(os.environ) == before
