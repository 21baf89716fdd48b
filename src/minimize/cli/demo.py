"""`minimize demo`: the whole story on a PostgreSQL of its own."""

from __future__ import annotations

import click


@click.command()
def demo() -> None:
    """Show the whole story on an embedded PostgreSQL; leaves nothing behind."""
