"""A hook of mkdocs: puts every page of a folder where the navigation says `folder/*`."""

# ruff: noqa: INP001 - not part of a package: mkdocs loads it by path

from __future__ import annotations

from pathlib import Path
from typing import Any

Entry = str | dict[str, Any]


def on_config(config: Any) -> Any:  # noqa: ANN401 - mkdocs hands its configuration to hooks
    """Expand the navigation before the site is built."""
    config.nav = _expand(config.nav, Path(config.docs_dir))
    return config


def _expand(entries: list[Entry], docs: Path) -> list[Entry]:
    expanded: list[Entry] = []
    for entry in entries:
        if isinstance(entry, dict):
            expanded += [{title: _value(value, docs)} for title, value in entry.items() if _value(value, docs)]
        elif entry.endswith("/*"):
            pages = sorted(
                (docs / entry.removesuffix("/*")).glob("*.md"), key=lambda page: (page.stem != "README", page)
            )
            expanded += [page.relative_to(docs).as_posix() for page in pages]
        else:
            expanded.append(entry)
    return expanded


def _value(value: Any, docs: Path) -> Any:  # noqa: ANN401 - a page, or entries of their own
    return _expand(value, docs) if isinstance(value, list) else value
