"""`minimize demo`: every step on a PostgreSQL of its own."""

from __future__ import annotations

import dataclasses
import sys
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from minimize.cli.global_options import GlobalOptions, command, pass_options
from minimize.cli.output.documents import print_json
from minimize.cli.output.text_table import print_table
from minimize.demo.events import Event, StepFinished, StepMessage, StepProgress, StepStarted
from minimize.demo.summary import DemoSummary, count_states
from minimize.errors import InterruptedRunError, UsageError

PROVES = (
    "Proves, for this server: writes of the field are refused, no row returns it except exempt and held "
    "rows (E1), and the columns that held nothing else are dropped."
)
DOES_NOT_PROVE = (
    "Does not prove: that the bytes are gone from files, WAL and backups. It does not check places that the policy "
    "does not name."
)


@command()
@click.option(
    "--applications",
    type=click.IntRange(1, 10_000_000),
    default=200_000,
    show_default=True,
    help="Number of generated applications to load; 200,000 take a minute or two on two cores.",
)
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed and count give the same rows.")
@click.option("--keep", is_flag=True, help="Leave the server running, and print how to connect and how to stop it.")
@pass_options
@click.pass_context
def demo(ctx: click.Context, options: GlobalOptions, *, applications: int, seed: int, keep: bool) -> None:
    """Run every step on an embedded PostgreSQL with generated data.

    Fills a sample schema, guards it, purges it and drops its columns, with the reference policy and migrations. Does
    not use your policy or your databases. Removes the server at the end, also after Ctrl-C (exit code 4). Every step is
    checked: exit code 1 if a result is not the expected one.
    """
    # Only the demo needs SQLAlchemy and Alembic, whose import takes a third of the start time of the other commands.
    from minimize.demo.steps import DemoOptions, run_demo  # noqa: PLC0415

    _refuse_other_databases(options)
    demo_options = DemoOptions(applications=applications, seed=seed, keep=keep)
    try:
        with Screen(to_stderr=options.is_json) as screen, run_demo(demo_options, screen) as ending:
            screen.close()
            if options.is_json:
                print_json(_document(ending, keep=keep))
            else:
                _print_ending(ending, keep=keep)
    except KeyboardInterrupt:
        left = "the server was kept" if keep else "nothing is left behind"
        raise InterruptedRunError(
            f"the demo was interrupted; {left}", hint="Run it again: it starts from the beginning."
        ) from None
    ctx.exit(0 if ending.is_as_expected else 1)


def _refuse_other_databases(options: GlobalOptions) -> None:
    """Refuse a database or a policy from the command line; those in the environment are ignored."""
    for name, option in (("database_url", "--database-url"), ("policy_path", "--policy")):
        if name in options.given:
            raise UsageError(
                f"the demo brings its own database and policy, so {option} has no meaning here",
                hint="Leave the option out.",
            )


class Screen:
    """Shows the steps of the demo: a line for each message and, on a terminal, a bar for the step at work."""

    def __init__(self, *, to_stderr: bool) -> None:
        self.to_stderr = to_stderr
        self.steps = 0
        self.bars = Progress(
            TextColumn("  {task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self.task: TaskID | None = None

    def __enter__(self) -> Self:
        """Return the screen itself; the first step starts the bar."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the bar."""
        self.close()

    def close(self) -> None:
        """Remove the bar; no more events follow."""
        self.bars.stop()

    def __call__(self, event: Event) -> None:
        """Show one event."""
        match event:
            case StepStarted(title=title):
                self.steps += 1
                self._print(f"{self.steps:2}  {title}")
                self.task = self.bars.add_task("", total=None)
                self.bars.start()
            case StepProgress(what=what, done=done, total=total):
                assert self.task is not None
                self.bars.update(self.task, description=what, completed=done, total=total or None)
            case StepMessage(text):
                self._print(f"    {text}")
            case StepFinished():
                self.bars.stop()
                if self.task is not None:
                    self.bars.remove_task(self.task)

    def _print(self, line: str) -> None:
        if self.bars.live.is_started:
            self.bars.stop()
        click.echo(line, err=self.to_stderr)


def _print_ending(ending: DemoSummary, *, keep: bool) -> None:
    click.echo()
    rows: list[list[object]] = [
        [e.location, e.before, e.erased, e.exempt, e.held, e.left, e.state] for e in ending.locations
    ]
    sums = [sum(int(str(row[column])) for row in rows) for column in range(1, 6)]
    rows.append([f"{len(rows)} locations", *sums, count_states(ending.locations)])
    print_table(["location", "before", "erased", "exempt", "held", "left", "state"], rows)
    times = ", ".join(f"{name} {seconds:.1f}" for name, seconds in ending.seconds.items())
    click.echo(f"\nseconds: {times}; {sum(ending.seconds.values()):.1f} in all")
    for deviation in ending.deviations:
        click.echo(f"DEVIATION: {deviation}")
    click.echo(PROVES)
    click.echo(DOES_NOT_PROVE)
    if keep:
        click.echo(f"The server is kept: {ending.url}")


def _document(ending: DemoSummary, *, keep: bool) -> dict[str, object]:
    return {
        "policy": ending.policy,
        "applications": ending.applications,
        "seed": ending.seed,
        "as_expected": ending.is_as_expected,
        "deviations": list(ending.deviations),
        "level": ending.level,
        "locations": [dataclasses.asdict(location) for location in ending.locations],
        "refusals": {name: dataclasses.asdict(answer) for name, answer in ending.refusals.items()},
        "seconds": {name: round(seconds, 3) for name, seconds in ending.seconds.items()},
        "server": {"url": ending.url, "stop": ending.stop_command} if keep else None,
    }
