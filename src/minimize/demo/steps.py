"""The steps of the demo: a field is collected, guarded, purged and dropped, and each step checks its result."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import LiteralString

from minimize.catalog.connection import Connection, connect
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Survey, SurveyedTable, survey
from minimize.demo.events import EventReporter, Listener
from minimize.demo.interrupts import interruptible
from minimize.demo.isolation import use_isolated_environment
from minimize.demo.reference import POLICY, find_reference, load_applications, require_extra, upgrade
from minimize.demo.server import EmbeddedServer, embedded_server
from minimize.demo.summary import DemoSummary, find_deviations, summarize_locations
from minimize.demo.writes import CORRECTED_WRITE, EXEMPT_WRITE, LEGACY_WRITE, NESTED_WRITE, Answer, write
from minimize.diagnostics import PRECONDITION_NOT_MET, RETIRED_FIELD
from minimize.errors import RefusedError
from minimize.guard.drift import find_drift
from minimize.policy import Policy, load_policy
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from minimize.purge.result import PurgeResult
from minimize.purge.run.engine import Purge
from minimize.purge.throttle.limits import Limits
from minimize.verify.location_state import LocationState, observe, weakest_level
from minimize.verify.residue import Verification, verify_rows

MAX_LOADERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOptions:
    """The number of applications, the seed of the data, and whether the server keeps running afterwards."""

    applications: int = 200_000
    seed: int = 7
    keep: bool = False


@contextmanager
def run_demo(options: DemoOptions, listener: Listener) -> Iterator[DemoSummary]:
    """Run all steps on an embedded PostgreSQL that lives as long as the block.

    No other database is touched, whatever the environment of the caller contains. Afterwards the server and its files
    are removed, unless the options keep them; then standard error shows how to stop the server.

    Raises:
        UsageError: The extra `demo` is not installed.
        MinimizeError: A step failed. A step with an unexpected result is a deviation in the summary.
    """
    require_extra()
    policy_path = find_reference() / POLICY
    policy = load_policy(policy_path)
    with interruptible(listener) as delivered, use_isolated_environment(policy_path), ExitStack() as stack:
        events = EventReporter(delivered)
        with events.step("start", "start an embedded PostgreSQL"):
            server = stack.enter_context(embedded_server(keep=options.keep))
        yield _DemoRun(options, policy, server, events).run()


class _DemoRun:
    """One run of the demo, with one method per group of steps."""

    def __init__(self, options: DemoOptions, policy: Policy, server: EmbeddedServer, events: EventReporter) -> None:
        self.options = options
        self.policy = policy
        self.server = server
        self.events = events
        self.refusals: dict[str, Answer] = {}

    def run(self) -> DemoSummary:
        """Run every step, in order."""
        with connect(self.server.url()) as conn:
            self.collect(conn)
            self.guard(conn)
            before = self.count(conn)
            self.drop_too_early(conn)
            purged = self.purge(conn)
            self.verify(conn)
            self.drop()
            states = self.observe_states(conn)
        return self._summarize(before, purged, states)

    def collect(self, conn: Connection) -> None:
        """Create and fill the legacy schema, which still collects the field."""
        with self.events.step("baseline", "alembic upgrade 0001: the legacy schema, which collects the field"):
            upgrade(self.server.url(), "0001")
        with self.events.step("load", f"load {self.options.applications:,} invented applications"):
            self._load()
        with self.events.step("legacy_write", "the application writes a place of birth"):
            self.events.message(*LEGACY_WRITE.splitlines())
            self._expect_accepted(conn, LEGACY_WRITE, "a legacy write was refused before the guard")

    def guard(self, conn: Connection) -> None:
        """Stop new writes."""
        with self.events.step("guard", "alembic upgrade 0002: guard every location of the field"):
            upgrade(self.server.url(), "0002")
            found = self._survey(conn)
            self.events.expect(not find_drift(conn, found), "the guard does not match the policy")
            self.events.message(f"{len(list(found.sites()))} locations guarded, no drift")
        with self.events.step("refused_write", "the application repeats the write"):
            self._expect_refused(conn, "refused_write", LEGACY_WRITE)
            self.events.message("inside a document:")
            self._expect_refused(conn, "refused_nested_write", NESTED_WRITE)
            self.events.message("without a place of birth:")
            self._expect_accepted(conn, CORRECTED_WRITE, "a write without the field was refused")
            self.events.message("for an enhanced licence (EDL), which the policy exempts:")
            self._expect_accepted(conn, EXEMPT_WRITE, "a write under an exception was refused")

    def count(self, conn: Connection) -> Verification:
        """Show that verification finds the values."""
        with self.events.step("count", "verify, before the purge"):
            found = verify_rows(conn, self._survey(conn), on_table=self._report_table)
            self._report_verification(found)
            self.events.expect(bool(found.findings), "verification found nothing where nothing was erased")
            self.events.expect(not found.not_checked, "a location could not be read")
        return found

    def drop_too_early(self, conn: Connection) -> None:
        """Show that the drop is refused while the columns contain values."""
        with self.events.step("refused_drop", "alembic upgrade head, before the purge"):
            try:
                upgrade(self.server.url(), "head")
                answer = Answer()
            except RefusedError as error:
                answer = Answer(sqlstate=PRECONDITION_NOT_MET, message=error.message, hint=error.hint)
                self.refusals["refused_drop"] = answer
            self.events.message(*answer.lines())
            self.events.expect(not answer.is_accepted, "the columns were dropped although they contained values")
            self.events.expect(_revision(conn) == "0002", "the refused revision was not rolled back")

    def purge(self, conn: Connection) -> PurgeResult:
        """Erase the collected values."""
        with self.events.step("purge", "purge --triggers=suppress: erase the collected values in short batches"):
            # The audit trigger would copy every row that the purge updates, which would take most of the time.
            options = PurgeOptions(triggers="suppress", limits=Limits.parse(["profile=fast"]))
            result = Purge(conn, self._survey(conn), options, on_progress=self._report_purge).run()
            erased = sum(outcome.erased for outcome in result.locations)
            self.events.message(f"{erased:,} values erased; rows under an exception or a hold are unchanged")
            self.events.expect(result.is_complete, "the purge did not erase every value")
        return result

    def verify(self, conn: Connection) -> None:
        """Show that no row returns the value."""
        with self.events.step("verify", "verify, after the purge"):
            found = verify_rows(conn, self._survey(conn), on_table=self._report_table)
            self._report_verification(found)
            self.events.expect(found.clean, "verification found residue after the purge")

    def drop(self) -> None:
        """Drop the columns."""
        with self.events.step("drop", "alembic upgrade head: drop the columns that contained only the field"):
            upgrade(self.server.url(), "head")
            self.events.message(f"{len(self._dropped())} columns dropped")

    def observe_states(self, conn: Connection) -> tuple[LocationState, ...]:
        """Observe the final state of each location, and that the guard still refuses the field."""
        with self.events.step("status", "verify again, and observe the state of each location"):
            found = self._survey(conn)
            result = verify_rows(conn, found, on_table=self._report_table)
            self._report_verification(result)
            self.events.expect(result.clean, "verification found residue after the drop")
            drift = {entry.location for entry in find_drift(conn, found)}
            states = observe(conn, found, drift, on_table=self._report_table)
            self.events.message("the application writes a place of birth again:")
            self._expect_refused(conn, "refused_last_write", LEGACY_WRITE)
        return states

    def _summarize(self, before: Verification, purged: PurgeResult, states: tuple[LocationState, ...]) -> DemoSummary:
        locations = summarize_locations(before.counts, purged.locations, states)
        level = weakest_level(states)
        self.events.expect(level == "E1", f"the estate is at {level or 'no level'}, not at E1")
        for deviation in find_deviations(locations, self._dropped()):
            self.events.expect(is_met=False, deviation=deviation)
        return DemoSummary(
            policy=self.policy.id,
            applications=self.options.applications,
            seed=self.options.seed,
            level=level,
            locations=locations,
            refusals=self.refusals,
            seconds=self.events.seconds,
            deviations=tuple(self.events.deviations),
            url=self.server.url(),
            stop_command=self.server.stop_command,
        )

    def _load(self) -> None:
        done = 0

        def show(more: int) -> None:
            nonlocal done
            done += more
            self.events.progress("applications", done, self.options.applications)

        self.events.progress("applications", 0, self.options.applications)
        with translate_errors("loading the applications"):
            loaded = load_applications(
                self.server.url(),
                applications=self.options.applications,
                seed=self.options.seed,
                jobs=min(os.cpu_count() or 1, MAX_LOADERS),
                progress=show,
            )
        self.events.message(f"{sum(loaded.rows.values()):,} rows in {len(loaded.rows)} tables")

    def _expect_accepted(self, conn: Connection, statement: LiteralString, deviation: str) -> None:
        answer = write(conn, statement)
        self.events.message(*answer.lines())
        self.events.expect(answer.is_accepted, deviation)

    def _expect_refused(self, conn: Connection, name: str, statement: LiteralString) -> None:
        answer = self.refusals[name] = write(conn, statement)
        self.events.message(*answer.lines())
        deviation = f"a write of the retired field returned {answer.sqlstate or 'success'}, not {RETIRED_FIELD}"
        self.events.expect(answer.sqlstate == RETIRED_FIELD, deviation)

    def _report_verification(self, found: Verification) -> None:
        left = sum(finding.count for finding in found.findings)
        places = f"{len(found.counts)} locations read"
        clean = f"{found.level} clean: {places}, no residue"
        dirty = f"{found.level} NOT clean: {places}, {left:,} values at {len(found.findings)} of them"
        self.events.message(clean if found.clean else dirty)

    def _survey(self, conn: Connection) -> Survey:
        return survey(conn, self.policy)

    def _dropped(self) -> list[str]:
        return [loc.name for field in self.policy.fields for loc in field.locations if loc.is_dropped]

    def _report_table(self, table: SurveyedTable) -> None:
        self.events.progress(f"reading {table.name}")

    def _report_purge(self, progress: Progress) -> None:
        what = f"{progress.phase} {progress.place}, {progress.erased:,} erased"
        self.events.progress(what, progress.blocks_done, progress.blocks_total)


def _revision(conn: Connection) -> str:
    with translate_errors("reading the revision"):
        row = conn.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return str(row[0]) if row else ""
