"""`op.restore_field`: the columns come back, empty, nullable and still guarded. Reverse: `op.drop_field`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation, Operations
from psycopg import sql

from minimize.catalog.survey import Presence, Site
from minimize.errors import RefusedError
from minimize.guard.ddl_watch import remove_watch
from minimize.locations.object_names import identifier
from minimize.locations.predicate import reviewed
from minimize.migrate.guard_field import install_triggers
from minimize.migrate.migration import Migration, refusing
from minimize.plan.drop import sites_by_table
from minimize.plan.proof import remove_proofs

if TYPE_CHECKING:
    from minimize.migrate.drop_field import DropFieldOp


@Operations.register_operation("restore_field")
class RestoreFieldOp(MigrateOperation):
    """Put a dropped field's columns back without their values."""

    def __init__(self, field: str, *, types: Mapping[str, str]) -> None:
        self.field = field
        self.types = dict(types)

    @classmethod
    def restore_field(cls, operations: Operations, field: str, *, types: Mapping[str, str], **kw: Any) -> None:
        """Add the columns that `op.drop_field` dropped, nullable and guarded; no value comes back.

        The DDL watch is off afterwards, so that views over the columns can come back as well: end the downgrade with
        `op.guard_field`, which takes stock and switches it on again. A table that was dropped as a whole is for the
        revision to create, empty, before this; then it is guarded again.

        Args:
            field: Id of the retired field.
            types: SQL type by column, such as {"mart.dim_applicant.birth_city": "text"}. A dropped column leaves
                no type behind, so the revision has to say it.
        """
        operations.invoke(cls(field, types=types, **kw))

    def reverse(self) -> DropFieldOp:
        """Return the operation that drops them again."""
        from minimize.migrate.drop_field import DropFieldOp  # noqa: PLC0415  the two reverse each other

        return DropFieldOp(self.field)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Name the difference for `alembic check`."""
        return ("restore_field", self.field)


@Operations.implementation_for(RestoreFieldOp)
def restore(operations: Operations, operation: RestoreFieldOp) -> None:
    """Add the columns, take the proof constraints away, and guard every location again."""
    with refusing(Migration(operations, operation.field)) as session:
        session.install()
        session.run([remove_watch(session.policy)])
        gone = _gone(session)
        _require_tables(session, operation, gone)
        gone = [site for site in gone if not site.location.is_whole_table]
        _require_types(operation, gone)
        if gone:
            session.lock(gone)
            session.run(_add_column(site, operation.types[site.name]) for site in gone)
        sites = session.sites()
        install_triggers(session, sites)
        session.run(remove_proofs(group) for _, group in sites_by_table(sites))


def _gone(session: Migration) -> list[Site]:
    if session.is_offline:
        return [site for site in session.sites() if site.location.is_dropped]
    sites = [site for _, site in session.survey().sites(session.field_id)]
    return [site for site in sites if site.presence is not Presence.PRESENT and site.location.is_dropped]


def _require_tables(session: Migration, operation: RestoreFieldOp, gone: list[Site]) -> None:
    """Refuse what the revision has to do itself; with `--sql` it is taken to have done so."""
    missing = [site.name for site in gone if site.location.is_whole_table]
    if missing and not session.is_offline:
        raise RefusedError(
            f"op.restore_field({operation.field!r}) cannot put back the whole table {', '.join(missing)}",
            hint="Create it, empty, with op.create_table before op.restore_field, which then guards it again.",
        )


def _require_types(operation: RestoreFieldOp, gone: list[Site]) -> None:
    missing = [site.name for site in gone if site.name not in operation.types]
    if missing:
        raise RefusedError(
            f"op.restore_field({operation.field!r}) does not say the type of {', '.join(missing)}",
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
    """Write the call for a generated revision."""
    return f"op.restore_field({operation.field!r}, types={operation.types!r})"
