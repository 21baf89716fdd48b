"""`op.drop_field` drops the columns and tables of the field. Reverse: `op.restore_field`."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations
from psycopg import sql

from minimize.catalog.survey import Site
from minimize.errors import RefusedError
from minimize.guard.ddl_watch import install_watch
from minimize.migrate.field_operation import FieldOperation
from minimize.migrate.guard_steps import guard_of_site, remove_guards
from minimize.migrate.lock_tables import lock_sites
from minimize.migrate.operation_context import OperationContext, operation_context
from minimize.plan.drop import (
    columns_by_table,
    drop_columns,
    drop_table,
    sites_by_table,
    tables_to_drop,
)
from minimize.plan.drop_gate import GuardCheck, Route, drop_gate
from minimize.plan.proof_constraint import add_proofs, has_proof, validate_proofs


@Operations.register_operation("drop_field")
class DropFieldOp(FieldOperation):
    """Drop the columns of a retired field, and add a proof constraint where the column stays."""

    name = "drop_field"
    reverse_name = "restore_field"

    def __init__(self, field: str, *, route: Route = "purge", ignore: tuple[str, ...] = ()) -> None:
        super().__init__(field)
        self.route = route
        self.ignore = ignore

    @classmethod
    def drop_field(
        cls,
        operations: Operations,
        field: str,
        *,
        route: Route = "purge",
        ignore: tuple[str, ...] = (),
        **kw: Any,
    ) -> None:
        """Drop every plain column and whole table of the field that has no exception.

        Documents, and columns with exceptions, stay: guarded and with a proof constraint. Proof constraints that the
        purge did not add are added and validated first, outside the transaction of the migration, so that no long
        scan runs under an exclusive lock.

        Args:
            operations: Alembic's operations.
            field: Id of the retired field.
            route: `purge` refuses while any value remains; `direct` drops columns and tables with their values.
            ignore: Dependents to ignore, written as in the refusal: functions that do not really read the column.
            kw: Further arguments of the operation, which Alembic passes.
        """
        operations.invoke(cls(field, route=route, ignore=ignore, **kw))


@Operations.implementation_for(DropFieldOp)
def drop(operations: Operations, operation: DropFieldOp) -> None:
    """Check, prove, lock, check again, drop."""
    with operation_context(operations, operation.field) as context:
        _require_disposition(context)
        _require_refusal(context)
        context.check()
        sites = context.sites()
        context.install()
        if not sites:
            return
        context.run([_gate(context, operation, sites)])
        _prove(context, [s for s in sites if operation.route == "purge" or not s.location.is_dropped])
        dropped = [site for site in sites if site.location.is_dropped]
        if dropped:
            context.lock(dropped)
            context.run([_gate(context, operation, dropped)])
            remove_guards(context, dropped)
            context.run(drop_columns(table, columns) for table, columns in columns_by_table(dropped))
            context.run(drop_table(table) for table in tables_to_drop(dropped))
            # Reinstalled, so that the watch also refuses the names that were just dropped.
            context.run([install_watch(context.policy)])


def _require_disposition(context: OperationContext) -> None:
    if not context.policy.is_disposition_given:
        raise RefusedError(
            f"policy {context.policy.id} names no authority to destroy the collected values",
            hint="Fill in authority and approved_by of [disposition], then upgrade again.",
        )


def _require_refusal(context: OperationContext) -> None:
    if context.field.on_write == "warn":
        raise RefusedError(
            f'field {context.field.id} has on_write = "warn", so new values may still be written',
            hint='Set on_write = "reject" and apply it with op.guard_field, purge again, then upgrade again.',
        )


def _gate(context: OperationContext, operation: DropFieldOp, sites: list[Site] | tuple[Site, ...]) -> sql.Composable:
    guards = {site.name: guard_of_site(context, site) for site in sites}
    checks = {name: GuardCheck(tuple(t.name for t in made.triggers), made.is_intact()) for name, made in guards.items()}
    return drop_gate(context.policy, sites, guards=checks, route=operation.route, ignored=operation.ignore)


def _prove(context: OperationContext, sites: list[Site]) -> None:
    """Add and validate the missing proof constraints, table by table in short transactions."""
    if not context.is_offline:
        sites = [site for site in sites if not _is_proven(context, site)]
    if not sites:
        return
    with context.outside_transaction():
        context.run([sql.SQL("SET lock_timeout = '10s'")])
        for _, group in sites_by_table(sites):
            lock = lock_sites(context.operations, group)
            context.run([add_proofs(group, lock), validate_proofs(group)])
        context.run([sql.SQL("RESET lock_timeout")])


def _is_proven(context: OperationContext, site: Site) -> bool:
    row = context.connection.execute(sql.SQL("SELECT {}").format(has_proof(site.location))).fetchone()
    return bool(row and row[0])


@renderers.dispatch_for(DropFieldOp)
def render_drop(_context: AutogenContext, operation: DropFieldOp) -> str:
    """Return the call for a generated revision."""
    ignore = f", ignore={operation.ignore!r}" if operation.ignore else ""
    return f"op.drop_field({operation.field!r}, route={operation.route!r}{ignore})"
