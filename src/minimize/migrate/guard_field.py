"""`op.guard_field` refuses writes that carry the field. Reverse: `op.unguard_field`."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations

from minimize.guard.ddl_watch import install_watch
from minimize.migrate.field_operation import FieldOperation
from minimize.migrate.guard_steps import install_guards
from minimize.migrate.operation_context import operation_context


@Operations.register_operation("guard_field")
class GuardFieldOp(FieldOperation):
    """Refuse writes that carry a retired field, at every location of the policy."""

    name = "guard_field"
    reverse_name = "unguard_field"

    @classmethod
    def guard_field(cls, operations: Operations, field: str, **kw: Any) -> None:
        """Guard every location of a field, and drop NOT NULL and the default of its plain columns.

        Locks all tables together for a short time, or none. A second run repairs every drift.
        """
        operations.invoke(cls(field, **kw))


@Operations.implementation_for(GuardFieldOp)
def guard(operations: Operations, operation: GuardFieldOp) -> None:
    """Install the guard at every location that is present."""
    with operation_context(operations, operation.field) as context:
        sites = context.sites()
        context.check()
        context.install()
        context.run([install_watch(context.policy)])
        install_guards(context, sites)


@renderers.dispatch_for(GuardFieldOp)
def render_guard(_context: AutogenContext, operation: GuardFieldOp) -> str:
    """Return the call for a generated revision."""
    return f"op.guard_field({operation.field!r})"
