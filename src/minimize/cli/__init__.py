"""The command `minimize`: parse, call one function, render."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import click

from minimize.cli import demo, guard, lint, policy, status, verify
from minimize.cli.output.stderr import ignoring_closed_stderr, print_error
from minimize.cli.output.streams import ReportLostError, reporting
from minimize.cli.purge.command import purge
from minimize.cli.settings import Settings
from minimize.errors import ExitCode, InterruptedRunError, MinimizeError, UsageError


class RootGroup(click.Group):
    """The one place where an error becomes a line, a hint and an exit code."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:  # noqa: ANN401  # click's own signature, handed on
        """Run as a program; what click itself objects to is told in the same two lines."""
        try:
            with reporting():
                code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            with ignoring_closed_stderr():
                error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            message = " ".join(error.format_message().split()).removesuffix(".")
            context = getattr(error, "ctx", None)
            hint = _hint(error, context.command_path if context else "minimize")
            print_error(UsageError(f"{message[:1].lower()}{message[1:]}", hint=hint))
            sys.exit(error.exit_code)
        except ReportLostError as error:
            print_error(error)
            sys.exit(error.exit_code)
        except click.Abort:
            print_error(InterruptedRunError("interrupted", hint="Run it again; nothing was left half done."))
            sys.exit(InterruptedRunError.exit_code)
        sys.exit(code if isinstance(code, int) else 0)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the exit codes below the commands."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), code.words) for code in ExitCode])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; turn what stops it into two lines on standard error."""
        try:
            return super().invoke(ctx)
        except MinimizeError as error:
            if ctx.params.get("verbose", 0) > 1:
                with ignoring_closed_stderr():
                    traceback.print_exc()
            print_error(error)
            sys.exit(error.exit_code)


def _hint(error: click.ClickException, command: str) -> str:
    if isinstance(error, click.NoSuchOption) and error.option_name == "--database":
        return "Only `minimize purge` knows the policy's databases: give --database-url, for one after the other."
    return f"Run `{command} --help`."


@click.group(cls=RootGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="minimize")
@click.option(
    "--policy",
    "policy_path",
    type=click.Path(path_type=Path),
    envvar="MINIMIZE_POLICY",
    default="minimize.toml",
    show_default=True,
    show_envvar=True,
    help="The policy file.",
)
@click.option(
    "--database-url",
    envvar=["MINIMIZE_DATABASE_URL", "DATABASE_URL"],
    show_envvar=True,
    help="postgresql://user@host/database; without it, libpq's own PG* variables.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json prints one document on standard output; progress stays on standard error.",
)
@click.option("-v", "--verbose", count=True, help="Say more; -vv adds the traceback to an error.")
@click.pass_context
def main(ctx: click.Context, policy_path: Path, database_url: str | None, output: str, verbose: int) -> None:
    """Take a field the law no longer asks for out of a live PostgreSQL database, for good.

    Order of work: guard (an Alembic revision) stops new writes, purge erases what was collected, verify shows that
    nothing is left, drop (a second revision) removes the columns.
    """
    ctx.obj = Settings(policy_path, database_url, output, verbose)


for command in (policy.policy, guard.guard, lint.lint, purge, verify.verify, status.status, demo.demo):
    main.add_command(command)
