"""Which servers are supported."""

from __future__ import annotations

import pytest

from minimize.catalog.connection import require_supported
from minimize.errors import RefusedError


def test_a_server_that_is_too_old_is_refused() -> None:
    """The message names the version, and the hint the oldest one that is supported."""
    with pytest.raises(RefusedError, match="PostgreSQL 14") as refused:
        require_supported(140_022)
    assert "PostgreSQL 15" in refused.value.hint


@pytest.mark.parametrize("version", [150_000, 190_001])
def test_a_supported_server_is_accepted(version: int) -> None:
    """The oldest supported version, and a later one."""
    require_supported(version)
    assert version // 10_000 >= 15
