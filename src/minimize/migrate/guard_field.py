"""`op.guard_field`: from here on, writes that carry the field are refused. Reverse: `op.unguard_field`."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation, Operations

from minimize.catalog.survey import Site, citations
from minimize.guard.column_requirements import drop_column_requirements
from minimize.guard.ddl_watch import install_watch, remove_watch
from minimize.guard.definition import Guard, guard_of_location
from minimize.migrate.migration import Migration, refusing
from minimize.plan.drop import sites_by_table
from minimize.plan.proof import remove_proofs


@Operations.register_operation("guard_field")
class GuardFieldOp(MigrateOperation):
    """Refuse writes that carry a retired field, at every location of the policy."""

    def __init__(self, field: str) -> None:
        self.field = field

    @classmethod
    def guard_field(cls, operations: Operations, field: str, **kw: Any) -> None:
        """Guard every location of a field, and drop NOT NULL and the default of its plain columns.

        All tables are locked at once, briefly, or none. Running it again repairs what drifted.
        """
        operations.invoke(cls(field, **kw))

    def reverse(self) -> UnguardFieldOp:
        """Return the operation that takes the guard away."""
        return UnguardFieldOp(self.field)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Name the difference for `alembic check`."""
        return ("guard_field", self.field)


@Operations.register_operation("unguard_field")
class UnguardFieldOp(MigrateOperation):
    """Take the guard of a field away."""

    def __init__(self, field: str) -> None:
        self.field = field

    @classmethod
    def unguard_field(cls, operations: Operations, field: str, **kw: Any) -> None:
        """Remove the guard triggers and the proof constraints of a field.

        NOT NULL and the default do not come back: they asked for the field, and values may be gone by now.
        """
        operations.invoke(cls(field, **kw))

    def reverse(self) -> GuardFieldOp:
        """Return the operation that guards the field."""
        return GuardFieldOp(self.field)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Name the difference for `alembic check`."""
        return ("unguard_field", self.field)


@Operations.implementation_for(GuardFieldOp)
def guard(operations: Operations, operation: GuardFieldOp) -> None:
    """Install the guard at every location that is there."""
    with refusing(Migration(operations, operation.field)) as session:
        sites = session.sites()
        session.check()
        session.install()
        session.run([install_watch(session.policy)])
        install_triggers(session, sites)


@Operations.implementation_for(UnguardFieldOp)
def unguard(operations: Operations, operation: UnguardFieldOp) -> None:
    """Remove the guard from every location that is there."""
    with refusing(Migration(operations, operation.field)) as session:
        sites = session.sites()
        # The watch is the whole policy's; it goes with the last field.
        if len(session.policy.fields) == 1:
            session.run([remove_watch(session.policy)])
        if sites:
            session.lock(sites)
            for site in sites:
                session.run(guard_of_site(session, site).remove())
            # They would go on refusing what is no longer guarded, and quote the row in DETAIL.
            session.run(remove_proofs(group) for _, group in sites_by_table(sites))


def install_triggers(session: Migration, sites: tuple[Site, ...]) -> None:
    """Release the columns that still ask for a value, and install each location's guard."""
    if not sites:
        return
    session.lock(sites)
    # A proof made under other exceptions refuses what the law asks for, and any proof what `warn` lets through.
    is_stale_only = session.field.on_write != "warn"
    session.run(remove_proofs(group, stale_only=is_stale_only) for _, group in sites_by_table(sites))
    for site in sites:
        session.run(drop_column_requirements(site.location))
        session.run(guard_of_site(session, site).install())


def guard_of_site(session: Migration, site: Site) -> Guard:
    """Return the guard that the policy asks for at a site."""
    return guard_of_location(site.field, site.location, site.row, citations(session.policy, site.field), site.hosts)


@renderers.dispatch_for(GuardFieldOp)
def render_guard(_context: AutogenContext, operation: GuardFieldOp) -> str:
    """Write the call for a generated revision."""
    return f"op.guard_field({operation.field!r})"


@renderers.dispatch_for(UnguardFieldOp)
def render_unguard(_context: AutogenContext, operation: UnguardFieldOp) -> str:
    """Write the call for a generated revision."""
    return f"op.unguard_field({operation.field!r})"
