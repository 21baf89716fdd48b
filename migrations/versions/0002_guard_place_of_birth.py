"""Place of birth is retired: writes that carry it are refused from here on.

Revision ID: 0002
Revises: 0001
Create Date: 2018-01-26 08:00:00
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

SQL = Path(__file__).parent.parent / "sql" / "0002_guard"


def upgrade() -> None:
    """Guard every location, and let the audit trail leave the field out."""
    op.guard_field("place_of_birth")
    _run("audit")


def downgrade() -> None:
    """Take the guard away; NOT NULL stays dropped, since rows without a value may exist by now."""
    _run("downgrade")
    op.unguard_field("place_of_birth")


def _run(name: str) -> None:
    statements = (SQL / f"{name}.sql").read_text(encoding="utf-8").strip().removesuffix(";")
    op.execute(sa.DDL(statements.replace("%", "%%")))
