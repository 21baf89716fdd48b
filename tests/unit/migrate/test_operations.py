"""The operations without a database: reverse, render, autogenerate."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import sqlalchemy as sa
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.operations import ops
from alembic.util import CommandError

from minimize.errors import PolicyError, RefusedError
from minimize.migrate import DropFieldOp, GuardFieldOp, MigrationRefusedError, RestoreFieldOp, UnguardFieldOp
from minimize.migrate.alembic_config import policy_path
from minimize.migrate.autogenerate import discard_own_objects
from minimize.migrate.drop_field import render_drop
from minimize.migrate.guard_field import render_guard
from minimize.migrate.restore_field import render_restore
from minimize.migrate.unguard_field import render_unguard

CONTEXT = cast("AutogenContext", None)


def test_reverses_pair_up() -> None:
    """Each operation returns the one that reverses it, for the same field."""
    assert isinstance(GuardFieldOp("f").reverse(), UnguardFieldOp)
    assert isinstance(UnguardFieldOp("f").reverse(), GuardFieldOp)
    assert isinstance(DropFieldOp("f").reverse(), RestoreFieldOp)
    assert isinstance(RestoreFieldOp("f", types={}).reverse(), DropFieldOp)
    assert DropFieldOp("f").reverse().field == "f"


def test_a_generated_revision_can_be_read_by_python() -> None:
    """The rendered text is a call with literal arguments."""
    assert render_guard(CONTEXT, GuardFieldOp("it's")) == 'op.guard_field("it\'s")'
    assert render_unguard(CONTEXT, UnguardFieldOp("f")) == "op.unguard_field('f')"
    assert render_drop(CONTEXT, DropFieldOp("f")) == "op.drop_field('f', route='purge')"
    drop = DropFieldOp("f", route="direct", ignore=("function a()",))
    assert render_drop(CONTEXT, drop) == "op.drop_field('f', route='direct', ignore=('function a()',))"
    restore = RestoreFieldOp("f", types={"a.b.c": "text"})
    assert render_restore(CONTEXT, restore) == "op.restore_field('f', types={'a.b.c': 'text'})"


def test_a_refusal_is_one_text_for_alembic() -> None:
    """Alembic prints message and hint, and Python can catch it as either error."""
    error = MigrationRefusedError("no", hint="Do it.")
    assert str(error) == "no\nhint: Do it."
    assert isinstance(error, CommandError)
    assert isinstance(error, RefusedError)
    assert error.exit_code == 3


def test_only_our_own_names_are_discarded() -> None:
    """A constraint with a similar name is still proposed."""
    drops: list[ops.MigrateOperation] = [
        ops.DropConstraintOp(name, "person", "check", schema="lab") for name in ("minimize_proof_a", "minimize_proof_b")
    ]
    upgrade = ops.UpgradeOps([ops.ModifyTableOps("person", drops, schema="lab")])
    discard_own_objects(upgrade, frozenset({"minimize_proof_a"}))
    (table,) = upgrade.ops
    assert [o.constraint_name for o in cast("Any", table).ops] == ["minimize_proof_b"]


def test_an_empty_table_change_is_discarded() -> None:
    """`alembic check` would report an empty change as a difference."""
    drop = ops.DropConstraintOp("minimize_proof_a", "person", "check", schema="lab")
    upgrade = ops.UpgradeOps([ops.ModifyTableOps("person", [drop], schema="lab")])
    discard_own_objects(upgrade, frozenset({"minimize_proof_a"}))
    assert upgrade.ops == []


def test_other_differences_stay() -> None:
    """Columns, tables and indexes are not objects of minimize."""
    column: ops.MigrateOperation = ops.AddColumnOp("person", sa.Column("a", sa.Text))
    upgrade = ops.UpgradeOps([ops.ModifyTableOps("person", [column])])
    discard_own_objects(upgrade, frozenset({"a", "person"}))
    assert len(upgrade.ops) == 1


def operations(config: Config | None) -> Any:
    """Return a stand-in for Alembic's operations, with what `policy_path` needs."""
    return SimpleNamespace(migration_context=SimpleNamespace(config=config))


def test_the_environment_names_the_policy_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MINIMIZE_POLICY takes precedence over alembic.ini, and alembic.ini over minimize.toml beside it."""
    ini = tmp_path / "alembic.ini"
    ini.write_text("[alembic]\nscript_location = x\npath_separator = os\n")
    config = Config(ini)
    for name in ("minimize.toml", "from_ini.toml", "from_environment.toml"):
        (tmp_path / name).touch()
    monkeypatch.delenv("MINIMIZE_POLICY", raising=False)
    assert policy_path(operations(config)).name == "minimize.toml"
    config.set_main_option("minimize_policy", "from_ini.toml")
    assert policy_path(operations(config)) == tmp_path / "from_ini.toml"
    monkeypatch.setenv("MINIMIZE_POLICY", str(tmp_path / "from_environment.toml"))
    assert policy_path(operations(config)).name == "from_environment.toml"


def test_a_missing_policy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message contains the path."""
    monkeypatch.setenv("MINIMIZE_POLICY", str(tmp_path / "none.toml"))
    with pytest.raises(PolicyError, match=r"none\.toml: there is no policy"):
        policy_path(operations(None))
