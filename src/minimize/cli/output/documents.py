"""The one JSON document of a command on standard output."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON document on one line of standard output."""
    click.echo(json.dumps(document, ensure_ascii=False))
