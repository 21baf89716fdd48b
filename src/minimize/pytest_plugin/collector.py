"""The policy as a test file: pytest collects the tests of `collected_tests` under its path."""

from __future__ import annotations

from types import ModuleType

import pytest

from minimize.errors import PolicyError
from minimize.locations import load_policy
from minimize.pytest_plugin import collected_tests
from minimize.pytest_plugin.stash import POLICY


class PolicyFile(pytest.Module):
    """Collects the tests of the guard under the policy's own path."""

    def _getobj(self) -> ModuleType:
        # Where pytest.Module imports its file. It collects the tests of the module that this returns.
        try:
            self.config.stash[POLICY] = load_policy(self.path)
        except PolicyError as error:
            raise self.CollectError(f"{error.message}\nhint: {error.hint}") from None
        return collected_tests
