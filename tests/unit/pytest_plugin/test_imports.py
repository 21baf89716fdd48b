"""What importing costs, and that laziness is invisible."""

from __future__ import annotations

import subprocess
import sys

import pytest

import minimize
import minimize.pytest_plugin


def run(code: str) -> str:
    """Run code in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_the_plugin_imports_next_to_nothing() -> None:
    """Beyond pytest and the standard library, importing the plugin loads two modules of ours."""
    code = (
        "import sys, pytest; before = set(sys.modules); import minimize.pytest_plugin;"
        "print(sorted(name for name in set(sys.modules) - before if name not in sys.stdlib_module_names))"
    )
    assert run(code).strip() == "['minimize', 'minimize.pytest_plugin']"


@pytest.mark.parametrize("name", minimize.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """What __all__ promises can be had and is listed."""
    assert getattr(minimize, name) is not None
    assert name in dir(minimize)


@pytest.mark.parametrize("module", [minimize, minimize.pytest_plugin])
def test_another_name_is_an_attribute_error(module: object) -> None:
    """A misspelt name fails as in any module."""
    with pytest.raises(AttributeError, match="nonsense"):
        getattr(module, "nonsense")  # noqa: B009  the name must not be checked before it is run


@pytest.mark.parametrize(
    "statement",
    [
        "from minimize import load_policy",
        "from minimize import Policy",
        "from minimize.locations import load_policy",
        "import minimize.catalog.survey",
        "import minimize.pytest_plugin.collector",
        "import minimize.cli.global_options",
    ],
)
def test_kinds_are_known_however_the_policy_is_imported(statement: str) -> None:
    """Every module from which a program reads policies registers the kinds of location."""
    code = f"{statement}; from minimize.policy import location_kinds; print(*(kind.kind for kind in location_kinds()))"
    assert {"column", "json_path"} <= set(run(code).split())
