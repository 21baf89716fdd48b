"""The status and the commands of a purge are refused on a standby."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from minimize.cli import main
from tests.integration.purge.throttle.pair import Pair


@pytest.mark.parametrize(
    "words", [("status",), ("pause",), ("resume",), ("cancel",), ("tune", "lag=1MB")], ids=" ".join
)
def test_a_standby_is_refused(pair: Pair, words: tuple[str, ...]) -> None:
    """A standby has the run but not the lock of its process, so it would show no process: exit code 3."""
    asked = ["--policy", "none.toml", "--database-url", pair.standby_url, "purge", *words]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 3, result.output
    assert "this server is a standby" in result.stderr
    assert "Connect to the primary" in result.stderr
