"""What a process pool has to pickle: the public functions, and every error."""

from __future__ import annotations

import copy
import inspect
import pickle
import pkgutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import minimize
from minimize.errors import MinimizeError, Problem

PROBLEMS = (Problem("one", "do this", source="a.toml", line=3, key="field"), Problem("two", "do that"))


def every_error_class() -> list[type[MinimizeError]]:
    """Import the whole package and return MinimizeError with all classes below it."""
    for module in pkgutil.walk_packages(minimize.__path__, "minimize."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    return [MinimizeError, *below(MinimizeError)]


def below(kind: type[MinimizeError]) -> Iterator[type[MinimizeError]]:
    """Return the classes that are derived from a class, at any depth."""
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def make(kind: type[MinimizeError]) -> MinimizeError:
    """Return an error with a value for every argument that its class has."""
    names = [name for name in inspect.signature(kind).parameters if name != "message"]
    values: dict[str, Any] = {name: PROBLEMS if name == "problems" else f"the {name}" for name in names}
    return kind("it failed", **values)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_error_can_be_pickled(protocol: int) -> None:
    """With its message, hint, problems and the attributes of its class."""
    kinds = every_error_class()
    assert {"MigrationRefusedError", "ReportLostError", "RetiredFieldError"} <= {kind.__name__ for kind in kinds}
    for kind in kinds:
        error = make(kind)
        received = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301
        assert type(received) is kind
        assert vars(received) == vars(error)
        assert (str(received), received.args) == (str(error), error.args)
        assert received.by_hint() == error.by_hint()


def test_an_error_of_several_problems_can_be_copied() -> None:
    """A copy is made in the same way."""
    error = minimize.PolicyError.from_problems(PROBLEMS)
    assert vars(copy.copy(error)) == vars(copy.deepcopy(error)) == vars(error)


@pytest.mark.parametrize(
    "function",
    [
        *(minimize.guard, minimize.load_policy, minimize.preview_purge),
        *(minimize.purge, minimize.status, minimize.verify),
    ],
)
def test_a_public_function_can_be_pickled(function: Callable[..., Any]) -> None:
    """Also where it is a package that can be called; the result is the same object."""
    assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301
    assert copy.deepcopy(function) is function


def test_a_process_pool_calls_a_function_and_returns_its_error(tmp_path: Path) -> None:
    """The hint arrives with the error."""
    missing = tmp_path / "missing.toml"
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        error = pool.submit(minimize.verify, missing).exception()
    assert isinstance(error, minimize.PolicyError)
    assert error.message == f"{missing}: there is no such file"
    assert "--policy" in error.hint
