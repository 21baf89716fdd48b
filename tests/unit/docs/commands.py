"""The commands of `minimize` and their options, as click knows them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping

import click

from minimize.cli import main


def all_commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that lead to it, the root first."""
    yield from _walk((), main)


def _walk(words: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from _walk((*words, name), each)


def options(command: click.Command, *, with_global: bool = True) -> Iterator[str]:
    """Yield the long options of a command; those of the root command are the global ones."""
    # With the root's settings, as click keeps the help option that it makes for the first context.
    root = click.Context(main, **main.context_settings)
    parameters = command.get_params(root if command is main else click.Context(command, parent=root))
    own = command.params if command is not main else parameters
    for parameter in parameters if with_global else own:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield from (name for name in (*parameter.opts, *parameter.secondary_opts) if name.startswith("--"))


def unknown_words(line: str) -> list[str]:
    """Return what a command line of a page uses that does not exist."""
    commands: Mapping[tuple[str, ...], click.Command] = dict(all_commands())
    words: tuple[str, ...] = ()
    allowed = {*options(main), "--help", "-h", "-v", "-vv"}
    unknown = []
    for token in _tokens(line):
        name = token.partition("=")[0]
        if name.startswith("-"):
            unknown += [name] if name not in allowed and name != "-" else []
        elif (*words, token) in commands and re.fullmatch(r"[a-z]+", token):
            words = (*words, token)
            allowed |= set(options(commands[words]))
        elif not words:
            # A value of a global option, or no command of ours.
            unknown += [token] if re.fullmatch(r"[a-z]+", token) and token not in {"json", "text"} else []
    return unknown


def _tokens(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)[1:]
    except ValueError:  # a quote in prose
        return line.split()[1:]
