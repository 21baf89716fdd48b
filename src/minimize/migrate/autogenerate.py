"""Filters autogenerate: it ignores the objects that minimize installs, and proposes a guard that is missing."""

from __future__ import annotations

import warnings

from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations, ops
from alembic.runtime.plugins import Plugin
from alembic.util import DispatchPriority, PriorityDispatchResult
from sqlalchemy.exc import SAWarning

from minimize.catalog.survey import Survey, survey
from minimize.errors import PolicyError
from minimize.guard.check_constraint import check_name
from minimize.guard.drift import find_drift
from minimize.guard.triggers import trigger_names
from minimize.migrate.alembic_config import driver_connection, policy_path
from minimize.migrate.guard_field import GuardFieldOp
from minimize.plan.proof_constraint import proof_name
from minimize.policy import Policy, load_policy
from minimize.sql import SCHEMA


def setup(plugin: Plugin) -> None:
    """Register with Alembic: first hide schema `minimize`, last discard the operations that would drop our objects."""
    plugin.add_autogenerate_comparator(hide_schema, "schema", priority=DispatchPriority.FIRST)
    plugin.add_autogenerate_comparator(compare_guard, "autogenerate", priority=DispatchPriority.LAST)


def hide_schema(_context: AutogenContext, _upgrade: ops.UpgradeOps, schemas: set[str | None]) -> PriorityDispatchResult:
    """Exclude schema `minimize` from autogenerate, whatever the filters of the environment include."""
    schemas.discard(SCHEMA)
    # SQLAlchemy and Alembic warn about options that they reflect from a NOT VALID CHECK, such as that of the guard.
    warnings.filterwarnings("ignore", "Can't validate argument '(dialect_options|not_valid)'", SAWarning)
    return PriorityDispatchResult.CONTINUE


def compare_guard(context: AutogenContext, upgrade: ops.UpgradeOps) -> PriorityDispatchResult:
    """Propose `op.guard_field` for each field whose guard drifts, and no change of our own objects."""
    operations = Operations(context.migration_context)
    try:
        policy = load_policy(policy_path(operations))
    except PolicyError:
        # Without a policy there is nothing to compare.
        return PriorityDispatchResult.CONTINUE
    discard_own_objects(upgrade, own_names(policy))
    found = survey(driver_connection(operations), policy)
    drifting = {entry.location for entry in find_drift(driver_connection(operations), found) if entry.location}
    upgrade.ops.extend(GuardFieldOp(field) for field in _fields_at(found, drifting))
    return PriorityDispatchResult.CONTINUE


def own_names(policy: Policy) -> frozenset[str]:
    """Return the exact names of the triggers and constraints that minimize installs for a policy."""
    pairs = [(field, location) for field in policy.fields for location in field.locations]
    triggers = {name for field, location in pairs for name in trigger_names(field, location)}
    checks = {check_name(field, location) for field, location in pairs}
    return frozenset(triggers | checks | {proof_name(location) for _, location in pairs})


def _fields_at(found: Survey, locations: set[str]) -> list[str]:
    return list(dict.fromkeys(site.field.id for _, site in found.sites() if site.name in locations))


def discard_own_objects(container: ops.OpContainer, names: frozenset[str]) -> None:
    """Remove the operations that drop an object of these names, and the containers that are empty afterwards."""
    container.ops[:] = [operation for operation in container.ops if _dropped_name(operation) not in names]
    for operation in container.ops:
        if isinstance(operation, ops.OpContainer):
            discard_own_objects(operation, names)
    container.ops[:] = [o for o in container.ops if not (isinstance(o, ops.ModifyTableOps) and o.is_empty())]


def _dropped_name(operation: ops.MigrateOperation) -> str | None:
    """Return the name of the constraint, or of the alembic_utils entity, that an operation would drop."""
    if isinstance(operation, ops.DropConstraintOp):
        return str(operation.constraint_name)
    target = getattr(operation, "target", None)
    return str(getattr(target, "signature", "")).strip('"') if target is not None else None
