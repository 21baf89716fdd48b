"""The legacy licence and ID application schema, which collects place of birth.

Revision ID: 0001
Revises:
Create Date: 2013-01-02 08:00:00
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

SQL = Path(__file__).parent.parent / "sql" / "0001_baseline"


def upgrade() -> None:
    """Create the five schemas in the order of their references."""
    for schema in ("core", "hist", "stg", "mart", "gov"):
        _run(schema)


def downgrade() -> None:
    """Drop everything that upgrade created."""
    _run("downgrade")


def _run(name: str) -> None:
    statements = (SQL / f"{name}.sql").read_text(encoding="utf-8").strip().removesuffix(";")
    # DDL, not text(): text() reads a colon as a parameter. In DDL only % must be escaped.
    op.execute(sa.DDL(statements.replace("%", "%%")))  # type: ignore[no-untyped-call]
