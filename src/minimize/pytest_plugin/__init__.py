"""The pytest plugin: tests that attack the guard, and assertions for a project's own tests.

    [tool.pytest.ini_options]
    minimize_policy = "minimize.toml"

Without that setting nothing is collected. With it, a run of the whole suite has one test per location and write path,
and one that the models declare no retired field; `pytest minimize.toml` runs only these.

pytest imports this module in every project that has the package installed, so it imports the rest when it is used.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from minimize.pytest_plugin.assertions import assert_no_retired_fields, assert_rejected

__all__ = ["assert_no_retired_fields", "assert_rejected"]

_SETTING = "minimize_policy"


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attributes are of any type
    """Load an assertion when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("minimize.pytest_plugin.assertions"), name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the setting."""
    parser.addini(_SETTING, "The minimize policy whose guard is tested; relative to the root directory.", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Add the policy to what is collected, unless the command line names what to run."""
    path = _policy_path(config)
    if path is None:
        return
    if not path.is_file():
        raise pytest.UsageError(f"{_SETTING}: file {path} does not exist")
    if config.args_source is pytest.Config.ArgsSource.ARGS:
        return
    if not any(path.is_relative_to(config.invocation_params.dir / arg) for arg in config.args):
        config.args.append(str(path))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the tests of the guard under the path of the policy."""
    if file_path != _policy_path(parent.config):
        return None
    collector: Any = import_module("minimize.pytest_plugin.collector")
    made: pytest.Collector = collector.PolicyFile.from_parent(parent, path=file_path)
    return made


def _policy_path(config: pytest.Config) -> Path | None:
    setting = config.getini(_SETTING)
    return (config.rootpath / setting).resolve() if setting else None


@pytest.fixture
def minimize_database_url() -> str:
    """Return the URL of the migrated database to attack; a project overrides this."""
    for name in ("MINIMIZE_DATABASE_URL", "DATABASE_URL"):
        if os.environ.get(name):
            return os.environ[name]
    pytest.fail(
        "no database to attack: override the fixture minimize_database_url, or set MINIMIZE_DATABASE_URL",
        pytrace=False,
    )


@pytest.fixture
def minimize_metadata() -> object:
    """Return the project's MetaData, or a list of them; a project overrides this."""
    pytest.skip("not checked: override the fixture minimize_metadata to have the models checked")
