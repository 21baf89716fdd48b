"""Resume a run: continue its counters, and report which runs were resumed or closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from minimize.catalog.connection import Connection
from minimize.catalog.survey import Survey
from minimize.purge.progress.counters import Counters
from minimize.purge.state.location_progress import LocationProgress, read_location_progress
from minimize.purge.state.run_record import read_relations
from minimize.purge.state.runs import Run


def resume_counters(conn: Connection, survey: Survey, run: Run, counters: Counters) -> None:
    """Let the counters of the run start from what its earlier processes have done."""
    relations = dict(read_relations(conn, run.run_id))
    nothing = {site.name: LocationProgress() for table in survey.tables for site in table.present}
    counters.resume_from(nothing | read_location_progress(conn, run.run_id), relations)


def describe_run(run: Run) -> Iterator[str]:
    """Yield a note if the state was upgraded, for each run that was closed, and if this run is resumed."""
    if run.upgraded_from:
        yield f"the state in schema minimize was upgraded from version {run.upgraded_from}"
    for cancelled in run.cancelled:
        yield f"run {cancelled} was cancelled; run {run.run_id} begins"
    for earlier in run.superseded:
        yield (
            f"run {earlier.run_id} was of another version of the policy (digest {earlier.digest[:12]});"
            f" run {run.run_id} begins"
        )
    if run.is_resumed:
        began = f"{run.started_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        yield f"run {run.run_id} is resumed: {run.started_by} began it at {began}"
