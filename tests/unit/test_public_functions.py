"""The public functions of the package: callable packages, cheap imports, one logger."""

from __future__ import annotations

import inspect
import logging
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import minimize
from minimize.catalog.estate.results import EstateResult
from minimize.purge.estate.overall_progress import DatabaseProgress
from minimize.purge.estate.purge_databases import log_progress
from minimize.purge.progress.reporter import Progress

FUNCTIONS: list[Callable[..., EstateResult[Any]]] = [
    minimize.guard,
    minimize.purge,
    minimize.preview_purge,
    minimize.status,
    minimize.verify,
]


def run(code: str) -> str:
    """Run code in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("name", ["guard", "purge", "verify"])
@pytest.mark.parametrize("first", ["", "import minimize.{0}; ", "import minimize.purge.options; "])
def test_a_package_can_be_called(name: str, first: str) -> None:
    """Whatever was imported before it; its submodules are there too."""
    code = f"{first}import minimize; print(callable(minimize.{name}), minimize.{name}.__name__)".format(name)
    assert run(code) == f"True minimize.{name}"
    code = f"from minimize import {name}; from minimize.purge.run.engine import Purge; print({name}.{name}.__name__)"
    assert run(code) == name


@pytest.mark.parametrize("name", ["guard", "purge", "verify"])
def test_a_package_has_no_other_attributes(name: str) -> None:
    """A misspelt name is an AttributeError, as in every module."""
    with pytest.raises(AttributeError, match=f"module 'minimize.{name}' has no attribute 'nonsense'"):
        getattr(getattr(minimize, name), "nonsense")  # noqa: B009  the name must not be checked before it is run


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_takes_a_policy_and_a_database(function: Callable[..., EstateResult[Any]]) -> None:
    """By position; everything else by name."""
    parameters = list(inspect.signature(function).parameters.values())
    assert [each.name for each in parameters[:2]] == ["policy", "database"]
    assert {each.kind for each in parameters[2:]} == {inspect.Parameter.KEYWORD_ONLY}
    assert {"databases", "check"} <= {each.name for each in parameters}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_documents_what_it_raises(function: Callable[..., EstateResult[Any]]) -> None:
    """And every argument."""
    target = function if inspect.isfunction(function) else getattr(function, function.__name__.rpartition(".")[2])
    text = inspect.getdoc(target) or ""
    assert "Raises:" in text
    assert [name for name in inspect.signature(function).parameters if f"{name}: " not in text] == []


def test_importing_the_package_imports_nothing_else() -> None:
    """Apart from the standard library."""
    code = "import sys, minimize; print(*(name for name in sys.modules if name.partition('.')[0] in {0}))"
    assert run(code.format({"minimize", "psycopg", "pydantic", "click", "rich"})) == "minimize"


def test_the_logger_prints_nothing_unless_it_is_configured() -> None:
    """Not even a warning, which Python prints where no handler is."""
    code = "import logging, minimize; logging.getLogger('minimize.purge').warning('not this')"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize(
    ("progress", "level", "text"),
    [
        (Progress(phase="erase", place="app.person", erased=12), logging.DEBUG, "east: erase app.person: 12 erased"),
        (
            Progress(phase="erase", place="app.person", waiting_for="lag: 20 MB"),
            logging.INFO,
            "east: waiting: lag: 20 MB",
        ),
        (Progress(phase="begin", place="", note="run 3 is resumed"), logging.INFO, "east: run 3 is resumed"),
    ],
)
def test_progress_is_logged(caplog: pytest.LogCaptureFixture, progress: Progress, level: int, text: str) -> None:
    """Notes and waits are information; each batch is for debugging."""
    caplog.set_level(logging.DEBUG, "minimize")
    log_progress(DatabaseProgress(database="east", progress=progress))
    log_progress(DatabaseProgress(database="east", progress=progress, is_finished=True))
    assert [(record.name, record.levelno, record.getMessage()) for record in caplog.records] == [
        ("minimize.purge", level, text)
    ]
