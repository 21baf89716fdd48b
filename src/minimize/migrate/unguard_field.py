"""`op.unguard_field` removes the guard of the field. Reverse: `op.guard_field`."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations

from minimize.guard.ddl_watch import remove_watch
from minimize.migrate.field_operation import FieldOperation
from minimize.migrate.guard_steps import remove_guards
from minimize.migrate.operation_context import operation_context
from minimize.plan.drop import sites_by_table
from minimize.plan.proof_constraint import remove_proofs


@Operations.register_operation("unguard_field")
class UnguardFieldOp(FieldOperation):
    """Remove the guard of a field."""

    name = "unguard_field"
    reverse_name = "guard_field"

    @classmethod
    def unguard_field(cls, operations: Operations, field: str, **kw: Any) -> None:
        """Remove the guard triggers and the proof constraints of a field.

        NOT NULL and the default are not restored: they required the field, and values may have been erased since.
        """
        operations.invoke(cls(field, **kw))


@Operations.implementation_for(UnguardFieldOp)
def unguard(operations: Operations, operation: UnguardFieldOp) -> None:
    """Remove the guard from every location that is present."""
    with operation_context(operations, operation.field) as context:
        sites = context.sites()
        # The watch serves all fields of the policy, so it is removed with the last one.
        if len(context.policy.fields) == 1:
            context.run([remove_watch(context.policy)])
        if sites:
            context.lock(sites)
            remove_guards(context, sites)
            # The proofs would still refuse writes, with the row in DETAIL.
            context.run(remove_proofs(group) for _, group in sites_by_table(sites))


@renderers.dispatch_for(UnguardFieldOp)
def render_unguard(_context: AutogenContext, operation: UnguardFieldOp) -> str:
    """Return the call for a generated revision."""
    return f"op.unguard_field({operation.field!r})"
