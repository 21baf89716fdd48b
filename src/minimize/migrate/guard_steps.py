"""Installs and removes the guard of each site, for the operations that need it."""

from __future__ import annotations

from collections.abc import Iterable

from minimize.catalog.survey import Site, citations
from minimize.guard.column_requirements import drop_column_requirements
from minimize.guard.definition import Guard, guard_of_location
from minimize.migrate.operation_context import OperationContext
from minimize.plan.drop import sites_by_table
from minimize.plan.proof_constraint import remove_proofs


def guard_of_site(context: OperationContext, site: Site) -> Guard:
    """Return the guard that the policy requires at a site."""
    return guard_of_location(site.field, site.location, site.row, citations(context.policy, site.field), site.hosts)


def install_guards(context: OperationContext, sites: tuple[Site, ...]) -> None:
    """Drop NOT NULL and the default of the columns, and install the guard of each site, under one lock."""
    if not sites:
        return
    context.lock(sites)
    # A proof for other exceptions refuses values that must be kept. With `warn`, every proof refuses what may be
    # written.
    is_stale_only = context.field.on_write != "warn"
    context.run(remove_proofs(group, stale_only=is_stale_only) for _, group in sites_by_table(sites))
    for site in sites:
        context.run(drop_column_requirements(site.location))
        context.run(guard_of_site(context, site).install())


def remove_guards(context: OperationContext, sites: Iterable[Site]) -> None:
    """Remove the guard of each site; the caller holds the lock."""
    for site in sites:
        context.run(guard_of_site(context, site).remove())
