"""Alembic operations for retired fields; importing this module in env.py registers them."""

from alembic.runtime.plugins import Plugin

from minimize.migrate import comparator
from minimize.migrate.drop_field import DropFieldOp
from minimize.migrate.guard_field import GuardFieldOp, UnguardFieldOp
from minimize.migrate.migration import MigrationRefusedError
from minimize.migrate.restore_field import RestoreFieldOp

__all__ = ["DropFieldOp", "GuardFieldOp", "MigrationRefusedError", "RestoreFieldOp", "UnguardFieldOp"]

Plugin.setup_plugin_from_module(comparator, "alembic.autogenerate.minimize")
