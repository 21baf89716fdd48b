"""Finds the files to check."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from minimize.lint.source import PYTHON_SUFFIXES, SQL_SUFFIXES

SKIPPED_DIRECTORIES = frozenset(
    {".git", ".hg", ".mypy_cache", ".nox", ".tox", ".venv", "__pycache__", "node_modules", "venv"}
)
"""Directories that are not searched, because they contain no code of the project. A PATH that names one is searched."""


def find_files(paths: Iterable[Path], exclude: Sequence[str] = ()) -> Iterator[Path]:
    """Yield the Python and SQL files below the paths, each once. A path that is a file is yielded with any name.

    `exclude` contains patterns for whole paths, in which `*` also matches slashes.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _walk(path) if path.is_dir() else (path,):
            if file not in seen and not any(fnmatch(file.as_posix(), pattern) for pattern in exclude):
                seen.add(file)
                yield file


def _walk(top: Path) -> Iterator[Path]:
    for directory, directories, names in os.walk(top):
        directories[:] = sorted(name for name in directories if name not in SKIPPED_DIRECTORIES)
        for name in sorted(names):
            file = Path(directory, name)
            if file.suffix.lower() in PYTHON_SUFFIXES | SQL_SUFFIXES:
                yield file
