"""`op.drop_field`: the columns go, once nothing in them is left to lose. Reverse: `op.restore_field`."""

from __future__ import annotations

from typing import Any, Literal

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation, Operations
from psycopg import sql

from minimize.catalog.survey import Site
from minimize.errors import RefusedError
from minimize.guard.ddl_watch import install_watch
from minimize.migrate.guard_field import guard_of_site
from minimize.migrate.migration import Migration, lock_tables, refusing
from minimize.migrate.restore_field import RestoreFieldOp
from minimize.plan.drop import (
    GuardCheck,
    columns_by_table,
    drop_columns,
    drop_table,
    gate,
    sites_by_table,
    tables_to_drop,
)
from minimize.plan.proof import add_proofs, has_proof, validate_proofs

Route = Literal["purge", "direct"]


@Operations.register_operation("drop_field")
class DropFieldOp(MigrateOperation):
    """Drop the columns of a retired field, and prove its absence where the column stays."""

    def __init__(self, field: str, *, route: Route = "purge", ignore: tuple[str, ...] = ()) -> None:
        self.field = field
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
        """Drop every plain column and whole table of the field that no exception needs, unless that loses anything.

        Documents and columns with exceptions stay, guarded, with a proof constraint. Proof constraints that the
        purge has not left behind are added and validated first, outside the migration's transaction, so that no
        long scan runs under an exclusive lock.

        Args:
            field: Id of the retired field.
            route: `purge` refuses while a value is left; `direct` drops columns and tables with what is in them.
            ignore: Dependents to pass over, spelled as the refusal spells them: functions that only look like
                readers of the column.
        """
        operations.invoke(cls(field, route=route, ignore=ignore, **kw))

    def reverse(self) -> RestoreFieldOp:
        """Return the operation that puts empty, guarded columns back; their types are to be filled in."""
        return RestoreFieldOp(self.field, types={})

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Name the difference for `alembic check`."""
        return ("drop_field", self.field)


@Operations.implementation_for(DropFieldOp)
def drop(operations: Operations, operation: DropFieldOp) -> None:
    """Check, prove, lock, check again, drop."""
    with refusing(Migration(operations, operation.field)) as session:
        _require_disposition(session)
        _require_refusal(session)
        session.check()
        sites = session.sites()
        session.install()
        if not sites:
            return
        session.run([_gate(session, operation, sites)])
        _prove(session, [s for s in sites if operation.route == "purge" or not s.location.is_dropped])
        dropped = [site for site in sites if site.location.is_dropped]
        if dropped:
            session.lock(dropped)
            session.run([_gate(session, operation, dropped)])
            for site in dropped:
                session.run(guard_of_site(session, site).remove())
            session.run(drop_columns(table, columns) for table, columns in columns_by_table(dropped))
            session.run(drop_table(table) for table in tables_to_drop(dropped))
            # Taking stock anew: from here on the dropped names may not come back either.
            session.run([install_watch(session.policy)])


def _require_disposition(session: Migration) -> None:
    if not session.policy.is_disposition_given:
        raise RefusedError(
            f"policy {session.policy.id} names no authority to destroy what was collected",
            hint="Fill in authority and approved_by of [disposition], then upgrade again.",
        )


def _require_refusal(session: Migration) -> None:
    if session.field.on_write == "warn":
        raise RefusedError(
            f"field {session.field.id} is only warned about, so values may still arrive",
            hint='Set on_write = "reject" and apply it with op.guard_field, purge once more, then upgrade again.',
        )


def _gate(session: Migration, operation: DropFieldOp, sites: list[Site] | tuple[Site, ...]) -> sql.Composable:
    guards = {site.name: guard_of_site(session, site) for site in sites}
    checks = {name: GuardCheck(tuple(t.name for t in made.triggers), made.is_intact()) for name, made in guards.items()}
    return gate(session.policy, sites, guards=checks, route=operation.route, ignored=operation.ignore)


def _prove(session: Migration, sites: list[Site]) -> None:
    """Add and validate the proof constraints that are not there yet, each in short transactions of its own."""
    if not session.is_offline:
        sites = [site for site in sites if not _is_proven(session, site)]
    if not sites:
        return
    with session.outside_transaction():
        session.run([sql.SQL("SET lock_timeout = '10s'")])
        for _, group in sites_by_table(sites):
            lock = lock_tables(session.operations, group)
            session.run([add_proofs(group, lock), validate_proofs(group)])
        session.run([sql.SQL("RESET lock_timeout")])


def _is_proven(session: Migration, site: Site) -> bool:
    row = session.connection.execute(sql.SQL("SELECT {}").format(has_proof(site.location))).fetchone()
    return bool(row and row[0])


@renderers.dispatch_for(DropFieldOp)
def render_drop(_context: AutogenContext, operation: DropFieldOp) -> str:
    """Write the call for a generated revision."""
    ignore = f", ignore={operation.ignore!r}" if operation.ignore else ""
    return f"op.drop_field({operation.field!r}, route={operation.route!r}{ignore})"
