"""`minimize status`: what state is each location in, as observed in the database?"""

from __future__ import annotations

import click

from minimize.cli.output.text_table import print_table, reading
from minimize.cli.settings import Settings, pass_settings, print_json
from minimize.guard.drift import find_drift
from minimize.verify.location_state import observe, weakest_level


@click.command()
@pass_settings
def status(settings: Settings) -> None:
    """Show each location's observed state and level.

    One line each; reads every table once.

    declared: named in the policy only. guarded: writes are refused (E0). purged: nothing is left but what an
    exception or a hold keeps (E1). dropped: the column is gone (E1).
    """
    with settings.survey() as (conn, found), reading() as on_table:
        unguarded = {entry.location for entry in find_drift(conn, found)}
        states = observe(conn, found, unguarded, on_table=on_table)
    level = weakest_level(states)
    if settings.is_json:
        print_json(
            {
                "policy": found.policy.id,
                "level": level,
                "locations": [
                    {
                        "field": state.field,
                        "location": state.location,
                        "kind": state.kind,
                        "state": state.state,
                        "level": state.level,
                        "proven": state.proven,
                        "rows": {
                            "carrying": state.rows.carrying,
                            "exempt": state.rows.exempt,
                            "held": state.rows.held,
                        },
                        "not_checked": list(state.not_checked),
                    }
                    for state in states
                ],
            }
        )
        return
    print_table(
        ["location", "state", "level", "proof", "carrying", "exempt", "held"],
        [[s.location, s.state, s.level or "-", s.proven, s.rows.carrying, s.rows.exempt, s.rows.held] for s in states],
    )
    for state in states:
        for why in state.not_checked:
            click.echo(f"not checked: {state.location}: {why}")
    click.echo(f"{found.policy.id}: {level or 'not guarded everywhere'}")
