"""The policy as a test file: its tests are those of `ready_made`, one per location and way of writing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Final

import pytest

from minimize.errors import PolicyError
from minimize.locations import Policy, load_policy

POLICY: Final = pytest.StashKey[Policy]()
"""The policy of this run, once it is collected."""


class PolicyFile(pytest.Module):
    """Collects the ready-made tests under the policy's own path."""

    def _getobj(self) -> ModuleType:
        # Where pytest.Module imports its file. It collects the tests of the module it is given.
        try:
            self.config.stash[POLICY] = load_policy(self.path)
        except PolicyError as error:
            raise self.CollectError(f"{error.message}\nhint: {error.hint}") from None
        return import_module("minimize.pytest_plugin.ready_made")
