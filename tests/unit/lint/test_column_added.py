"""MZL002: findings, clean code, and downgrades."""

from __future__ import annotations

import pytest

from tests.unit.lint.conftest import Rules

REVISION = """\
revision = "1"
down_revision = None
def upgrade():
    {upgrade}
def downgrade():
    {downgrade}
"""


@pytest.mark.parametrize(
    "call",
    [
        'op.add_column("a", sa.Column("pob", sa.Text))',
        'op.add_column("application", sa.Column("place_of_birth"), schema="old")',
        'op.create_table("a", sa.Column("x"), sa.Column("pob"))',
        'batch_op.add_column(sa.Column("pob"))',
        'op.restore_field("place_of_birth")',
        'op.execute("ALTER TABLE a ADD COLUMN x int, ADD pob text")',
        'op.execute(sa.text("ALTER TYPE a ADD ATTRIBUTE pob text"))',
        'op.execute(f"ALTER TABLE {schema}.a ADD COLUMN pob text")',
    ],
)
def test_added_columns_are_found_in_upgrade_only(found: Rules, call: str) -> None:
    """A column in upgrade() is found; downgrade() may restore it."""
    assert [f.split()[1] for f in found(REVISION.format(upgrade=call, downgrade="pass"))] == ["MZL002"]
    assert found(REVISION.format(upgrade='op.drop_field("place_of_birth")', downgrade=call)) == []


def test_a_downgrade_function_outside_a_revision_is_checked(found: Rules) -> None:
    """A function named downgrade outside a revision is checked."""
    assert found('def downgrade():\n    op.add_column("a", sa.Column("pob"))') == ["2:24 MZL002"]


def test_batches_know_their_table(found: Rules) -> None:
    """Two batches with the same variable name are two tables."""
    text = """\
        with op.batch_alter_table("office", schema="core") as batch_op:
            batch_op.add_column(sa.Column("pob"))
        with op.batch_alter_table("other", schema="core") as batch_op:
            batch_op.add_column(sa.Column("pob"))
        """
    assert found(text) == ["4:25 MZL002"]


@pytest.mark.parametrize(
    "call",
    [
        'op.add_column("a", sa.Column("x"))',
        'op.add_column("application", sa.Column("place_of_birth"), schema="core")',
        'op.drop_column("a", "pob")',
        'op.guard_field("place_of_birth")',
        'op.execute("ALTER TABLE a DROP COLUMN pob")',
    ],
)
def test_other_operations_are_clean(found: Rules, call: str) -> None:
    """Dropping, guarding, and adding a column that the policy keeps are allowed."""
    assert found(REVISION.format(upgrade=call, downgrade="pass")) == []


def test_sql_positions(found: Rules) -> None:
    """ADD COLUMN is reported at the column, also in a multi-line literal and in a constant of the module."""
    assert found("ALTER TABLE a\n  ADD COLUMN pob text;", "case.sql") == ["2:14 MZL002"]
    assert found('op.execute("""\n  ALTER TABLE a\n  ADD COLUMN pob text""")') == ["3:14 MZL002"]
    assert found('SQL = "ALTER TABLE é ADD COLUMN pob text"\nop.execute(SQL)') == ["1:33 MZL002"]
    assert found('op.execute("ALTER TABLE a "\n           "ADD COLUMN pob text")') == ["2:24 MZL002"]
    assert found('op.execute("ALTER TABLE a\\n"\n           "ADD COLUMN pob text")') == ["2:24 MZL002"]
    assert found('op.execute("ALTER TABLE a\\nADD COLUMN pob text")') == ["1:13 MZL002"]


def test_downgrade_scripts_are_skipped(found: Rules) -> None:
    """A SQL file is a downgrade by its name."""
    assert found("ALTER TABLE a ADD COLUMN pob text", "0003.down.sql") == []
    assert found("ALTER TABLE a ADD COLUMN pob text", "downgrade.sql") == []
