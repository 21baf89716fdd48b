"""The story: a field is collected, guarded, purged and dropped, and every step shows that it did what it says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import LiteralString

from minimize.catalog.connection import Connection, connect
from minimize.catalog.error_translation import translate_errors
from minimize.catalog.survey import Survey, SurveyedTable, survey
from minimize.demo.events import Listener, Telling
from minimize.demo.interrupts import heeded
from minimize.demo.isolation import own_environment
from minimize.demo.reference import POLICY, find_reference, load_applications, require_extra, upgrade
from minimize.demo.server import EmbeddedServer, embedded_server
from minimize.demo.summary import Ending, end_locations, find_deviations
from minimize.demo.writes import CORRECTED_WRITE, EXEMPT_WRITE, LEGACY_WRITE, NESTED_WRITE, Answer, write
from minimize.errors import RefusedError
from minimize.guard.drift import find_drift
from minimize.plan.drop import is_dropped
from minimize.policy import Policy, load_policy
from minimize.purge.options import PurgeOptions
from minimize.purge.progress.reporter import Progress
from minimize.purge.result import PurgeResult
from minimize.purge.run.engine import Purge
from minimize.purge.throttle.limits import Limits
from minimize.verify.location_state import LocationState, observe, weakest_level
from minimize.verify.residue import Verification, verify_rows

RETIRED_FIELD, PRECONDITION_NOT_MET = "MZ001", "MZ002"
MOST_LOADERS = 4


@dataclass(frozen=True, slots=True)
class StoryOptions:
    """How large the estate is, and whether its server stays."""

    applications: int = 200_000
    seed: int = 7
    keep: bool = False


@contextmanager
def tell_story(options: StoryOptions, listener: Listener) -> Iterator[Ending]:
    """Tell the whole story on an embedded PostgreSQL that lives as long as the block.

    Whatever the caller has exported, no other database is touched. Afterwards server and files are gone, unless the
    options keep them; then standard error says how to stop the server.

    Raises:
        UsageError: The extra `demo` is not installed.
        MinimizeError: A step could not be carried out. One that ended otherwise than told is in the ending.
    """
    require_extra()
    policy_path = find_reference() / POLICY
    policy = load_policy(policy_path)
    with heeded(listener) as heeding, own_environment(policy_path), ExitStack() as stack:
        telling = Telling(heeding)
        with telling.step("start", "start a PostgreSQL of its own"):
            server = stack.enter_context(embedded_server(keep=options.keep))
        yield _Story(options, policy, server, telling).run()


class _Story:
    """What the steps share."""

    def __init__(self, options: StoryOptions, policy: Policy, server: EmbeddedServer, telling: Telling) -> None:
        self.options = options
        self.policy = policy
        self.server = server
        self.telling = telling
        self.refused_rows: dict[str, Answer] = {}

    def run(self) -> Ending:
        """Tell every step, in order."""
        with connect(self.server.url()) as conn:
            self.collect(conn)
            self.guard(conn)
            before = self.count(conn)
            self.drop_too_early(conn)
            purged = self.purge(conn)
            self.verify(conn)
            self.drop()
            states = self.look_again(conn)
        return self._end(before, purged, states)

    def collect(self, conn: Connection) -> None:
        """Bring up the estate as it was: the field is asked for, and everybody's is there."""
        with self.telling.step("baseline", "alembic upgrade 0001: the schema as it was, collecting the field"):
            upgrade(self.server.url(), "0001")
        with self.telling.step("load", f"load {self.options.applications:,} invented applications"):
            self._load()
        with self.telling.step("legacy_write", "the application writes a place of birth"):
            self.telling.say(*LEGACY_WRITE.splitlines())
            self._write_accepted(conn, LEGACY_WRITE, "a legacy write was refused before the guard")

    def guard(self, conn: Connection) -> None:
        """Stop new writes."""
        with self.telling.step("guard", "alembic upgrade 0002: guard the field wherever the policy says it lives"):
            upgrade(self.server.url(), "0002")
            found = self._survey(conn)
            self.telling.expect(not find_drift(conn, found), "the guard is not the one the policy asks for")
            self.telling.say(f"{len(list(found.sites()))} locations guarded, no drift")
        with self.telling.step("refused_write", "the application writes the same again"):
            self._write_refused(conn, "refused_write", LEGACY_WRITE)
            self.telling.say("inside a document:")
            self._write_refused(conn, "refused_nested_write", NESTED_WRITE)
            self.telling.say("without a place of birth:")
            self._write_accepted(conn, CORRECTED_WRITE, "a write without the field was refused")
            self.telling.say("for an enhanced licence (EDL), which the policy exempts:")
            self._write_accepted(conn, EXEMPT_WRITE, "a write under an exception was refused")

    def count(self, conn: Connection) -> Verification:
        """Show that verification finds what is there."""
        with self.telling.step("count", "verify, before the purge"):
            found = verify_rows(conn, self._survey(conn), on_table=self._show_table)
            self._say_verified(found)
            self.telling.expect(bool(found.findings), "verification found nothing where nothing was erased")
            self.telling.expect(not found.not_checked, "a location could not be read")
        return found

    def drop_too_early(self, conn: Connection) -> None:
        """Show that the columns cannot go while anything is in them."""
        with self.telling.step("refused_drop", "alembic upgrade head, before the purge"):
            try:
                upgrade(self.server.url(), "head")
                answer = Answer()
            except RefusedError as error:
                answer = Answer(PRECONDITION_NOT_MET, error.message, error.hint)
                self.refused_rows["refused_drop"] = answer
            self.telling.say(*answer.lines())
            self.telling.expect(not answer.is_accepted, "the columns were dropped with values in them")
            self.telling.expect(_revision(conn) == "0002", "a refused revision left something behind")

    def purge(self, conn: Connection) -> PurgeResult:
        """Erase what was collected."""
        with self.telling.step("purge", "purge --triggers=suppress: erase what was collected, in short batches"):
            # The audit trigger would write an image of every row the purge touches, and take most of the time.
            options = PurgeOptions(triggers="suppress", limits=Limits.parse(["profile=fast"]))
            result = Purge(conn, self._survey(conn), options, on_progress=self._show_purge).run()
            erased = sum(outcome.erased for outcome in result.locations)
            self.telling.say(f"{erased:,} values erased; rows under an exception or a hold are left as they are")
            self.telling.expect(result.is_complete, "the purge left values behind")
        return result

    def verify(self, conn: Connection) -> None:
        """Show that no row answers any more."""
        with self.telling.step("verify", "verify, after the purge"):
            found = verify_rows(conn, self._survey(conn), on_table=self._show_table)
            self._say_verified(found)
            self.telling.expect(found.clean, "residue is left after the purge")

    def drop(self) -> None:
        """Take the columns away."""
        with self.telling.step("drop", "alembic upgrade head: drop the columns that held nothing else"):
            upgrade(self.server.url(), "head")
            self.telling.say(f"{len(self._dropped())} columns dropped")

    def look_again(self, conn: Connection) -> tuple[LocationState, ...]:
        """Observe the end, and that the field is still kept out."""
        with self.telling.step("status", "verify once more, and observe the state of each location"):
            found = self._survey(conn)
            result = verify_rows(conn, found, on_table=self._show_table)
            self._say_verified(result)
            self.telling.expect(result.clean, "residue is left after the drop")
            drift = {entry.location for entry in find_drift(conn, found)}
            states = observe(conn, found, drift, on_table=self._show_table)
            self.telling.say("the application writes a place of birth once more:")
            self._write_refused(conn, "refused_last_write", LEGACY_WRITE)
        return states

    def _end(self, before: Verification, purged: PurgeResult, states: tuple[LocationState, ...]) -> Ending:
        locations = end_locations(before.counts, purged.locations, states)
        level = weakest_level(states)
        self.telling.expect(level == "E1", f"the estate is at {level or 'no level'}, not at E1")
        for deviation in find_deviations(locations, self._dropped()):
            self.telling.expect(is_so=False, deviation=deviation)
        return Ending(
            policy=self.policy.id,
            applications=self.options.applications,
            seed=self.options.seed,
            level=level,
            locations=locations,
            refused_rows=self.refused_rows,
            seconds=self.telling.seconds,
            deviations=tuple(self.telling.deviations),
            url=self.server.url(),
            stop_command=self.server.stop_command,
        )

    def _load(self) -> None:
        done = 0

        def show(more: int) -> None:
            nonlocal done
            done += more
            self.telling.show("applications", done, self.options.applications)

        self.telling.show("applications", 0, self.options.applications)
        with translate_errors("loading the applications"):
            loaded = load_applications(
                self.server.url(),
                applications=self.options.applications,
                seed=self.options.seed,
                jobs=min(os.cpu_count() or 1, MOST_LOADERS),
                progress=show,
            )
        self.telling.say(f"{sum(loaded.rows.values()):,} rows in {len(loaded.rows)} tables")

    def _write_accepted(self, conn: Connection, statement: LiteralString, deviation: str) -> None:
        answer = write(conn, statement)
        self.telling.say(*answer.lines())
        self.telling.expect(answer.is_accepted, deviation)

    def _write_refused(self, conn: Connection, name: str, statement: LiteralString) -> None:
        answer = self.refused_rows[name] = write(conn, statement)
        self.telling.say(*answer.lines())
        deviation = f"a write of the retired field ended in {answer.sqlstate or 'success'}, not in {RETIRED_FIELD}"
        self.telling.expect(answer.sqlstate == RETIRED_FIELD, deviation)

    def _say_verified(self, found: Verification) -> None:
        left = sum(finding.count for finding in found.findings)
        places = f"{len(found.counts)} locations read"
        clean = f"{found.level} clean: {places}, no residue"
        dirty = f"{found.level} NOT clean: {places}, {left:,} values at {len(found.findings)} of them"
        self.telling.say(clean if found.clean else dirty)

    def _survey(self, conn: Connection) -> Survey:
        return survey(conn, self.policy)

    def _dropped(self) -> list[str]:
        return [loc.name for field in self.policy.fields for loc in field.locations if is_dropped(loc)]

    def _show_table(self, table: SurveyedTable) -> None:
        self.telling.show(f"reading {table.name}")

    def _show_purge(self, progress: Progress) -> None:
        what = f"{progress.phase} {progress.place}, {progress.erased:,} erased"
        self.telling.show(what, progress.blocks_done, progress.blocks_total)


def _revision(conn: Connection) -> str:
    with translate_errors("reading the revision"):
        row = conn.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return str(row[0]) if row else ""
