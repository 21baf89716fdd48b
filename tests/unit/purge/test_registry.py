"""Every throttle of the package is in the registry, and its limits are those of the command line."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from typing import Any

import pytest

from minimize.purge import throttle
from minimize.purge.throttle.limits import SETTINGS, Limits
from minimize.purge.throttle.own_activity import OwnActivity
from minimize.purge.throttle.reading import ThrottleType
from minimize.purge.throttle.registry import THROTTLES, make_throttles

OFF = {"lag": None, "lag-time": None, "replicas": 0}


def classes() -> set[type[Any]]:
    """Return the classes of the package that have the interface of a throttle."""
    modules = [import_module(f"{throttle.__name__}.{each.name}") for each in pkgutil.iter_modules(throttle.__path__)]
    found = {each for module in modules for _, each in inspect.getmembers(module, inspect.isclass)}
    return {each for each in found if hasattr(each, "from_limits") and each is not ThrottleType}


def test_every_throttle_is_registered() -> None:
    """A throttle with a file and without its line in the registry would never be read."""
    assert classes() == set(THROTTLES)


def test_names_of_limits_are_unique() -> None:
    """Two throttles with one name would read the same limit."""
    names = [setting.name for each in THROTTLES for setting in each.settings]
    assert sorted(names) == sorted(Limits().throttles)
    assert len(names) == len(set(names))
    assert list(SETTINGS)[-len(names) :] == names


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_limit_has_a_default_that_can_be_written_and_a_meaning(setting: Any) -> None:
    """The default of the setting is the default of `Limits`, and its text is accepted."""
    assert setting.read(setting.write(setting.default)) == setting.default == Limits().value(setting.name)
    assert setting.meaning.endswith(".")


def test_a_throttle_whose_limit_is_off_is_not_made() -> None:
    """With every limit off there is no throttle; with the defaults there are those that have one."""
    off = {name: OFF.get(name) for name in Limits().throttles}
    assert make_throttles(off, OwnActivity()) == ()
    made = [each.name for each in make_throttles(Limits().throttles, OwnActivity())]
    assert made == ["lag", "archive-backlog", "vacuum", "lock-waiters"]
