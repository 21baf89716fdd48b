"""The columns that held nothing but place of birth go, and a forgotten copy; refused until the purge is through.

Revision ID: 0003
Revises: 0002
Create Date: 2018-05-21 08:00:00
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

SQL = Path(__file__).parent.parent / "sql" / "0003_drop"

TYPES = {
    "core.applicant.birth_place_id": "bigint",
    "core.birth_place.city": "text",
    "core.birth_place.region": "text",
    "core.birth_place.country": "text",
    "mart.dim_applicant.birth_city": "text",
    "mart.dim_applicant.birth_country": "text",
}


def upgrade() -> None:
    """Rewrite what reads the columns, drop them and the copy, and count by what is left."""
    _run("before")
    op.drop_field("place_of_birth", route="purge")
    _run("after")


def downgrade() -> None:
    """Put the columns and the copy back: empty, nullable and still guarded."""
    _run("copy")
    op.restore_field("place_of_birth", types=TYPES)
    _run("downgrade")
    # The views are back as well: take stock, and watch for new ones.
    op.guard_field("place_of_birth")


def _run(name: str) -> None:
    statements = (SQL / f"{name}.sql").read_text(encoding="utf-8").strip().removesuffix(";")
    op.execute(sa.DDL(statements.replace("%", "%%")))
