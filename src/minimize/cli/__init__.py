"""The command `minimize`: parse, call one function, render."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click

from minimize.cli.demo import demo
from minimize.cli.global_options import GLOBAL_NAMES, ROOT_OPTIONS, GlobalOptions, Group
from minimize.cli.guard import guard
from minimize.cli.lint import lint
from minimize.cli.output.stderr import ignoring_closed_stderr, print_error, printing_warnings
from minimize.cli.output.streams import ReportLostError, reporting
from minimize.cli.policy import policy
from minimize.cli.purge.command import purge
from minimize.cli.status import status
from minimize.cli.verify import verify
from minimize.errors import ExitCode, InterruptedRunError, MinimizeError, UsageError


class RootGroup(Group):
    """The one place where an error becomes a line, a hint and an exit code."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:  # noqa: ANN401  click's own signature, passed on
        """Run as a program; an error of click itself is printed like every other error."""
        try:
            with reporting(), printing_warnings():
                code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            with ignoring_closed_stderr():
                error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            message = " ".join(error.format_message().split()).removesuffix(".")
            print_error(UsageError(f"{message[:1].lower()}{message[1:]}", hint=f"Run `{_help_of(error)} --help`."))
            sys.exit(error.exit_code)
        except ReportLostError as error:
            print_error(error)
            sys.exit(error.exit_code)
        except click.Abort:
            print_error(InterruptedRunError("interrupted", hint="Run it again; no step was left half done."))
            sys.exit(InterruptedRunError.exit_code)
        sys.exit(code if isinstance(code, int) else 0)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the exit codes, and how to switch on completion, below the commands."""
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), code.words) for code in ExitCode])
        super().format_epilog(ctx, formatter)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; print an error as lines on standard error."""
        try:
            return super().invoke(ctx)
        except MinimizeError as error:
            is_traced = isinstance(ctx.obj, GlobalOptions) and ctx.obj.verbose > 1
            print_error(error, with_traceback=is_traced)
            sys.exit(error.exit_code)


def _help_of(error: click.ClickException) -> str:
    """Return the command whose help explains an error: `minimize` for a global option, wherever it was given."""
    option = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "name", None)
    context = getattr(error, "ctx", None)
    return "minimize" if context is None or option in GLOBAL_NAMES else str(context.command_path)


@click.group(
    cls=RootGroup,
    params=[*ROOT_OPTIONS],
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Shell completion:
  bash  eval "$(_MINIMIZE_COMPLETE=bash_source minimize)"
  zsh   eval "$(_MINIMIZE_COMPLETE=zsh_source minimize)"
  fish  _MINIMIZE_COMPLETE=fish_source minimize | source
""",
)
@click.version_option(package_name="minimize")
def main() -> None:
    """Remove a field that the law no longer requires from a live PostgreSQL database, permanently.

    Steps: 1. A revision with op.guard_field refuses new writes. 2. purge erases the stored values. 3. verify counts
    what is left. 4. A revision with op.drop_field drops the columns.

    The options below are accepted before and after the name of a command.
    """


for command in (policy, guard, lint, purge, verify, status, demo):
    main.add_command(command)
