"""A database with a policy for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.migrate.estate import Estate, policy_text


@pytest.fixture
def estate(database: str, tmp_path: Path) -> Estate:
    """Provide an empty database and a policy with one column."""
    return Estate.create(database, tmp_path, policy_text())
