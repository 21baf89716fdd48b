"""`op.guard_field`: from here on, writes that carry the field are refused. Reverse: `op.unguard_field`."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation, Operations

from minimize.catalog.survey import Site, citations
from minimize.errors import PolicyError
from minimize.guard.trigger import GuardTrigger, guard_triggers, release_column
from minimize.migrate.session import MigrationSession, refusing


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
        """Remove the guard triggers of a field.

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
    with refusing(MigrationSession(operations, operation.field)) as session:
        sites = session.sites()
        install_guard(session, sites)


@Operations.implementation_for(UnguardFieldOp)
def unguard(operations: Operations, operation: UnguardFieldOp) -> None:
    """Remove the guard from every location that is there."""
    with refusing(MigrationSession(operations, operation.field)) as session:
        sites = session.sites()
        if sites:
            session.lock(sites)
            session.run(trigger.remove() for site in sites for trigger in triggers(session, site))


def install_guard(session: MigrationSession, sites: tuple[Site, ...]) -> None:
    """Install schema, routines and triggers, and release the columns that still ask for a value."""
    if session.field.on_write != "reject":
        raise PolicyError(
            f"field {session.field.id}: on_write = {session.field.on_write} is not available in this release",
            hint='Write on_write = "reject", or leave it out.',
        )
    session.install()
    if not sites:
        return
    session.lock(sites)
    for site in sites:
        session.run(release_column(site.location))
        for trigger in triggers(session, site):
            session.run(trigger.install())


def triggers(session: MigrationSession, site: Site) -> tuple[GuardTrigger, ...]:
    """Return the guard of one location."""
    return guard_triggers(site.field, site.location, site.row, citations(session.policy, site.field))


@renderers.dispatch_for(GuardFieldOp)
def render_guard(_context: AutogenContext, operation: GuardFieldOp) -> str:
    """Write the call for a generated revision."""
    return f"op.guard_field({operation.field!r})"


@renderers.dispatch_for(UnguardFieldOp)
def render_unguard(_context: AutogenContext, operation: UnguardFieldOp) -> str:
    """Write the call for a generated revision."""
    return f"op.unguard_field({operation.field!r})"
