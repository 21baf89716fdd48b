"""Drop the columns that contain only place of birth, and a forgotten copy. Refused until the purge is complete.

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
    """Rewrite the dependents of the columns, drop the columns and the copy, and create the new report."""
    _run("before")
    op.drop_field("place_of_birth", route="purge")
    _run("after")


def downgrade() -> None:
    """Restore the columns and the copy: empty, nullable and guarded."""
    _run("copy")
    op.restore_field("place_of_birth", types=TYPES)
    _run("downgrade")
    # The views exist again: install the DDL watch, which op.restore_field removed.
    op.guard_field("place_of_birth")


def _run(name: str) -> None:
    statements = (SQL / f"{name}.sql").read_text(encoding="utf-8").strip().removesuffix(";")
    op.execute(sa.DDL(statements.replace("%", "%%")))
