"""The global options, accepted before and after the name of a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalOptions:
    """The values of the global options, from the command line and the environment."""

    policy_path: Path
    database_url: str | None
    output: str
    verbose: int
    given: frozenset[str] = frozenset()
    """Names of the options that are on the command line, and not only in the environment."""

    @property
    def is_json(self) -> bool:
        """Whether standard output is one JSON document."""
        return self.output == "json"

    def changed(self, name: str, value: Any) -> GlobalOptions:  # noqa: ANN401  each option has its own type
        """Return these options with one more from the command line; -v adds up, of others the last one counts."""
        new = self.verbose + value if name == "verbose" else value
        return replace(self, given=self.given | {name}, **{name: new})


pass_options = click.make_pass_decorator(GlobalOptions)


def _declare(*, is_root: bool) -> list[click.Option]:
    """Return the global options: those of `minimize` itself read the environment, those of a command do not."""

    def option(*names: str, default: Any = None, envvar: Any = None, **attributes: Any) -> click.Option:  # noqa: ANN401
        if is_root:
            attributes |= {"default": default, "envvar": envvar}
            attributes |= {"show_default": default is not None, "show_envvar": envvar is not None}
        return click.Option(names, expose_value=False, callback=_store, **attributes)

    return [
        option(
            "--policy",
            "policy_path",
            type=click.Path(path_type=Path),
            default="minimize.toml",
            envvar="MINIMIZE_POLICY",
            help="The policy file.",
        ),
        option(
            "--database-url",
            envvar=["MINIMIZE_DATABASE_URL", "DATABASE_URL"],
            metavar="URL",
            help="postgresql://user@host/database. Without it, libpq's own PG* variables are used.",
        ),
        option(
            "--format",
            "output",
            type=click.Choice(["text", "json"]),
            default="text",
            help="json prints one document on standard output; progress stays on standard error.",
        ),
        click.Option(
            ["-v", "--verbose"],
            count=True,
            expose_value=False,
            callback=_store,
            help="Give it twice (-vv) to print the traceback of an error.",
        ),
    ]


def _store(ctx: click.Context, option: click.Parameter, value: Any) -> None:  # noqa: ANN401  as click has it
    """Put the value into the options of this command, and of those above it, which print errors."""
    name = str(option.name)
    is_given = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    root = ctx.find_root()
    if root.obj is None:
        root.obj = GlobalOptions(policy_path=Path(), database_url=None, output="text", verbose=0)
    if is_given:
        options = root.obj.changed(name, value)
    elif ctx is root:
        options = replace(root.obj, **{name: value})
    else:
        return
    level: click.Context | None = ctx
    while level is not None:
        level.obj = options
        level = level.parent


ROOT_OPTIONS, _AFTER = _declare(is_root=True), _declare(is_root=False)
GLOBAL_NAMES = frozenset(name for option in ROOT_OPTIONS for name in (str(option.name), *option.opts))


class Command(click.Command):
    """A command that accepts the global options too."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters, then the global options."""
        own = super().get_params(ctx)
        return own if ctx.parent is None else [*own, *_AFTER]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the command's own options, then the global ones under a heading of their own."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": [], "Global options": []}
        for parameter in self.get_params(ctx):
            record = None if isinstance(parameter, click.Argument) else parameter.get_help_record(ctx)
            if record is not None:
                is_global = ctx.parent is not None and parameter.name in GLOBAL_NAMES
                sections["Global options" if is_global else "Options"].append(record)
        for heading, records in sections.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


class Group(Command, click.Group):
    """A group of commands that accepts the global options too."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the commands."""
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def command(**attributes: Any) -> Callable[[Callable[..., Any]], Command]:  # noqa: ANN401  as click has them
    """Return a decorator that makes a function a command with the global options."""
    return click.command(cls=Command, **attributes)


def group(**attributes: Any) -> Callable[[Callable[..., Any]], Group]:  # noqa: ANN401  as click has them
    """Return a decorator that makes a function a group of commands with the global options."""
    return click.group(cls=Group, **attributes)
