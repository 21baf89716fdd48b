"""Place of birth is retired: the guard refuses writes that carry it.

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
    """Guard every location, and remove the field from the audit trail."""
    op.guard_field("place_of_birth")
    _run("audit")


def downgrade() -> None:
    """Remove the guard. NOT NULL is not restored, because rows without a value may exist."""
    _run("downgrade")
    op.unguard_field("place_of_birth")


def _run(name: str) -> None:
    statements = (SQL / f"{name}.sql").read_text(encoding="utf-8").strip().removesuffix(";")
    op.execute(sa.DDL(statements.replace("%", "%%")))
