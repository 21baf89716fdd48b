"""Where a run keeps its policy between collection and the tests."""

from __future__ import annotations

from typing import Final

import pytest

from minimize.policy import Policy

POLICY: Final = pytest.StashKey[Policy]()
"""The policy of this run, once it is collected."""
