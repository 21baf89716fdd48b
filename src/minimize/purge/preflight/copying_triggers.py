"""Where triggers that copy erased values are refused, or reported if they are to fire."""

from __future__ import annotations

from collections.abc import Iterator

from minimize.catalog.connection import Connection
from minimize.catalog.side_effects.side_effect import SideEffect
from minimize.catalog.side_effects.triggers import CopyingTrigger, find_copying_triggers
from minimize.catalog.survey import SurveyedTable
from minimize.purge.options import PurgeOptions


def find_trigger_side_effects(conn: Connection, table: SurveyedTable, options: PurgeOptions) -> Iterator[SideEffect]:
    """Yield the triggers that would copy erased values, and those that do not fire because they are suppressed."""
    firing = find_copying_triggers(conn, table, is_suppressing=options.triggers_suppressed)
    for trigger in firing:
        yield _firing(trigger, options)
    for trigger in find_copying_triggers(conn, table) if options.triggers_suppressed else ():
        if trigger not in firing:
            yield SideEffect(
                object=_name(trigger),
                what="does not fire for the purge",
                hint="Nothing that it does happens for the purged rows. Logical decoding is not suppressed.",
                refuses=False,
            )


def _firing(trigger: CopyingTrigger, options: PurgeOptions) -> SideEffect:
    if options.triggers == "fire":
        what = f"fires and may copy what is erased: {trigger.why}"
        return SideEffect(object=_name(trigger), what=what, hint="Purge what it writes as well.", refuses=False)
    what, hint = f"would copy erased values: {trigger.why}", "Change the function to leave the field out, or choose: "
    if options.triggers_suppressed:
        what += "; it fires even where triggers are suppressed"
        hint += "make it an ordinary trigger (ENABLE TRIGGER), or triggers=fire (then purge what it wrote as well)."
    else:
        hint += (
            "triggers=suppress (they do not fire for the purge; needs SET on session_replication_role) or"
            " triggers=fire (then purge what they wrote as well)."
        )
    return SideEffect(object=_name(trigger), what=what, hint=hint, refuses=True)


def _name(trigger: CopyingTrigger) -> str:
    return f"trigger {trigger.name} on {trigger.relation} ({trigger.function})"
