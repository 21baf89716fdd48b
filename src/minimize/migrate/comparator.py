"""Autogenerate: what the toolkit installed is invisible, and a field that is not guarded is a difference."""

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
from minimize.migrate.guard_field import GuardFieldOp
from minimize.migrate.migration import driver_connection, policy_path
from minimize.plan.proof import proof_name
from minimize.policy import Policy, load_policy
from minimize.sql import SCHEMA


def setup(plugin: Plugin) -> None:
    """Register with Alembic: first hide our schema, last remove what would drop our objects."""
    plugin.add_autogenerate_comparator(hide_schema, "schema", priority=DispatchPriority.FIRST)
    plugin.add_autogenerate_comparator(compare_guard, "autogenerate", priority=DispatchPriority.LAST)


def hide_schema(_context: AutogenContext, _upgrade: ops.UpgradeOps, schemas: set[str | None]) -> PriorityDispatchResult:
    """Keep autogenerate out of schema `minimize`, whatever the environment's filters say."""
    schemas.discard(SCHEMA)
    # SQLAlchemy and Alembic stumble over what they read of any CHECK that is NOT VALID, as the guard's is.
    warnings.filterwarnings("ignore", "Can't validate argument '(dialect_options|not_valid)'", SAWarning)
    return PriorityDispatchResult.CONTINUE


def compare_guard(context: AutogenContext, upgrade: ops.UpgradeOps) -> PriorityDispatchResult:
    """Propose `op.guard_field` for each field whose guard drifts; propose nothing against our own objects."""
    operations = ops_for(context)
    try:
        policy = load_policy(policy_path(operations))
    except PolicyError:
        # An environment without a policy has nothing of ours to compare.
        return PriorityDispatchResult.CONTINUE
    _forget_own(upgrade, own_names(policy))
    found = survey(driver_connection(operations), policy)
    drifting = {entry.location for entry in find_drift(driver_connection(operations), found) if entry.location}
    upgrade.ops.extend(GuardFieldOp(field) for field in _fields_at(found, drifting))
    return PriorityDispatchResult.CONTINUE


def ops_for(context: AutogenContext) -> Operations:
    """Return the operations of the context being compared."""
    return Operations(context.migration_context)


def own_names(policy: Policy) -> frozenset[str]:
    """Return the exact names of the triggers and constraints that a policy leads to."""
    pairs = [(field, location) for field in policy.fields for location in field.locations]
    triggers = {name for field, location in pairs for name in trigger_names(field, location)}
    checks = {check_name(field, location) for field, location in pairs}
    return frozenset(triggers | checks | {proof_name(location) for _, location in pairs})


def _fields_at(found: Survey, locations: set[str]) -> list[str]:
    return list(dict.fromkeys(site.field.id for _, site in found.sites() if site.name in locations))


def _forget_own(container: ops.OpContainer, names: frozenset[str]) -> None:
    container.ops[:] = [operation for operation in container.ops if _name_of(operation) not in names]
    for operation in container.ops:
        if isinstance(operation, ops.OpContainer):
            _forget_own(operation, names)
    container.ops[:] = [o for o in container.ops if not (isinstance(o, ops.ModifyTableOps) and o.is_empty())]


def _name_of(operation: ops.MigrateOperation) -> str | None:
    """Return the object that an operation would drop: a constraint of Alembic's, or an entity of alembic_utils."""
    if isinstance(operation, ops.DropConstraintOp):
        return str(operation.constraint_name)
    target = getattr(operation, "target", None)
    return str(getattr(target, "signature", "")).strip('"') if target is not None else None
