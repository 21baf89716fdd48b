"""Alembic operations for retired fields; importing this package in env.py registers them."""

from alembic.runtime.plugins import Plugin

from minimize.migrate import autogenerate
from minimize.migrate.drop_field import DropFieldOp
from minimize.migrate.guard_field import GuardFieldOp
from minimize.migrate.migration_error import MigrationRefusedError
from minimize.migrate.restore_field import RestoreFieldOp
from minimize.migrate.unguard_field import UnguardFieldOp

__all__ = ["DropFieldOp", "GuardFieldOp", "MigrationRefusedError", "RestoreFieldOp", "UnguardFieldOp"]

Plugin.setup_plugin_from_module(autogenerate, "alembic.autogenerate.minimize")
