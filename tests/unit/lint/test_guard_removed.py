"""MZL006: findings and clean code."""

from __future__ import annotations

import pytest

from tests.unit.lint.conftest import Rules

REMOVALS = [
    'DROP TRIGGER "~minimize_pob_insert" ON core.application',
    "ALTER TABLE core.application DISABLE TRIGGER ALL",
    "ALTER TABLE application DISABLE TRIGGER USER",
    'ALTER TABLE other.b DISABLE TRIGGER "~minimize_x"',
    'ALTER TABLE core.application ENABLE TRIGGER "~minimize_x"',
    'ALTER TRIGGER "~minimize_x" ON core.application RENAME TO a',
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role TO 'replica'",
    "ALTER ROLE loader SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', true)",
    "DROP SCHEMA IF EXISTS minimize CASCADE",
    "DROP FUNCTION minimize.refuse_v1()",
    "DROP TABLE minimize.purge_run",
    "ALTER TABLE core.application DROP CONSTRAINT minimize_proof_place_of_birth_1",
    'ALTER TABLE core.application DROP CONSTRAINT "!minimize_place_of_birth_1"',
    'ALTER TABLE core.application RENAME CONSTRAINT "!minimize_place_of_birth_1" TO a',
    "DROP EVENT TRIGGER minimize_watch",
    "ALTER EVENT TRIGGER minimize_watch DISABLE",
]


@pytest.mark.parametrize("statement", REMOVALS)
def test_removals_are_found(found: Rules, statement: str) -> None:
    """Removing a guard is found in SQL files and in SQL of Python files."""
    assert [f.split()[1] for f in found(statement, "case.sql")] == ["MZL006"]
    assert [f.split()[1] for f in found(f"op.execute({statement!r})")] == ["MZL006"]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER audit ON core.application",
        "ALTER TABLE core.application DISABLE TRIGGER audit",
        "ALTER TABLE elsewhere.b DISABLE TRIGGER ALL",
        'ALTER TABLE core.application ENABLE ALWAYS TRIGGER "~minimize_x"',
        "SET session_replication_role = origin",
        "SET search_path = minimize",
        "DROP SCHEMA minimize_reports",
        "DROP FUNCTION other.minimize()",
        "ALTER TABLE core.application DROP CONSTRAINT application_check",
        "DROP EVENT TRIGGER audit",
        "ALTER EVENT TRIGGER minimize_watch ENABLE ALWAYS",
        "SELECT 'session_replication_role', 'replica'",
    ],
)
def test_other_statements_are_clean(found: Rules, statement: str) -> None:
    """Other triggers, schemas and settings are allowed."""
    assert found(statement, "case.sql") == []


def test_unguard_in_upgrade_only(found: Rules) -> None:
    """op.unguard_field reverses op.guard_field, so it belongs in downgrade()."""
    text = 'revision = "1"\ndown_revision = "0"\ndef {}():\n    op.unguard_field("place_of_birth")'
    assert found(text.format("upgrade")) == ["4:5 MZL006"]
    assert found(text.format("downgrade")) == []
