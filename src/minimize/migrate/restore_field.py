"""`op.restore_field` adds the dropped columns again: empty, nullable and guarded. Reverse: `op.drop_field`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations
from psycopg import sql

from minimize.catalog.survey import Presence, Site
from minimize.errors import RefusedError
from minimize.guard.ddl_watch import remove_watch
from minimize.locations.object_names import identifier
from minimize.locations.predicate import reviewed
from minimize.migrate.field_operation import FieldOperation
from minimize.migrate.guard_steps import install_guards
from minimize.migrate.operation_context import OperationContext, operation_context
from minimize.plan.drop import sites_by_table
from minimize.plan.proof_constraint import remove_proofs


@Operations.register_operation("restore_field")
class RestoreFieldOp(FieldOperation):
    """Add the dropped columns of a field again, without their values."""

    name = "restore_field"
    reverse_name = "drop_field"

    def __init__(self, field: str, *, types: Mapping[str, str] | None = None) -> None:
        super().__init__(field)
        self.types = dict(types or {})

    @classmethod
    def restore_field(cls, operations: Operations, field: str, *, types: Mapping[str, str], **kw: Any) -> None:
        """Add the columns that `op.drop_field` dropped, nullable and guarded. The values are not restored.

        This removes the DDL watch, so that the revision can create views over the columns again. End the downgrade
        with `op.guard_field`, which installs the watch again. A table that was dropped as a whole must be created,
        empty, by the revision before this operation, which then guards it again.

        Args:
            operations: Alembic's operations.
            field: Id of the retired field.
            types: SQL type by column, such as {"mart.dim_applicant.birth_city": "text"}. The database does not keep
                the type of a dropped column, so the revision must name it.
            kw: Further arguments of the operation, which Alembic passes.
        """
        operations.invoke(cls(field, types=types, **kw))


@Operations.implementation_for(RestoreFieldOp)
def restore(operations: Operations, operation: RestoreFieldOp) -> None:
    """Add the columns, remove the proof constraints, and guard every location again."""
    with operation_context(operations, operation.field) as context:
        context.install()
        context.run([remove_watch(context.policy)])
        dropped = _dropped_sites(context)
        _require_tables(context, operation, dropped)
        columns = [site for site in dropped if not site.location.is_whole_table]
        _require_types(operation, columns)
        if columns:
            context.lock(columns)
            context.run(_add_column(site, operation.types[site.name]) for site in columns)
        sites = context.sites()
        install_guards(context, sites)
        context.run(remove_proofs(group) for _, group in sites_by_table(sites))


def _dropped_sites(context: OperationContext) -> list[Site]:
    if context.is_offline:
        return [site for site in context.sites() if site.location.is_dropped]
    sites = [site for _, site in context.survey().sites(context.field_id)]
    return [site for site in sites if site.presence is not Presence.PRESENT and site.location.is_dropped]


def _require_tables(context: OperationContext, operation: RestoreFieldOp, dropped: list[Site]) -> None:
    """Refuse unless the revision created the dropped tables; with `--sql` this cannot be checked."""
    missing = [site.name for site in dropped if site.location.is_whole_table]
    if missing and not context.is_offline:
        raise RefusedError(
            f"op.restore_field({operation.field!r}) cannot restore the whole table {', '.join(missing)}",
            hint="Create it, empty, with op.create_table before op.restore_field, which then guards it.",
        )


def _require_types(operation: RestoreFieldOp, columns: list[Site]) -> None:
    missing = [site.name for site in columns if site.name not in operation.types]
    if missing:
        raise RefusedError(
            f"op.restore_field({operation.field!r}) lacks the type of {', '.join(missing)}",
            hint=f'Add it to the revision: types={{"{missing[0]}": "text"}}.',
        )


def _add_column(site: Site, type_: str) -> sql.Composable:
    return sql.SQL("ALTER TABLE {} ADD COLUMN {} {}").format(
        identifier(site.location.table_name),
        sql.Identifier(site.location.column_name or ""),
        reviewed(type_),
    )


@renderers.dispatch_for(RestoreFieldOp)
def render_restore(_context: AutogenContext, operation: RestoreFieldOp) -> str:
    """Return the call for a generated revision."""
    return f"op.restore_field({operation.field!r}, types={operation.types!r})"
