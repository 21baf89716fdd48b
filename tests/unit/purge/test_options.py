"""The options of a purge: what is refused before anything is erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

import minimize
from minimize.errors import UsageError
from minimize.purge.options import MAX_JOBS, PurgeOptions, StrategyChoice, parse_options
from tests.integration.purge.scenario import at, policy_text

NOWHERE = "postgresql://127.0.0.1:1/somewhere"


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        *(("strategy", value, "auto, cascade, sequential, truncate") for value in ("foo", "", None, ["auto"])),
        ("triggers", "nonsense", "refuse, fire, suppress"),
        ("consumers", "zzz", "refuse, send"),
        *(("profile", value, "gentle, fast") for value in ("rapid", 1, ["fast"])),
        *(("jobs", value, f"from 1 to {MAX_JOBS}") for value in (-3, 0, MAX_JOBS + 1, "2", 1.0, True)),
        *(("lock_timeout", value, "100ms") for value in (5, None, "soon", "0s")),
        *(("limits", value, "lag=32MB") for value in ("lag=1MB", {"lag": "1MB"}, [1], 5, None)),
        ("window", 22, "22:00-05:00"),
        *(("count_first", value, "True or False") for value in ("no", None)),
        *(("vacuum", value, "True or False") for value in (0, None)),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(name: str, value: Any, hint: str) -> None:
    """The message begins with the argument, and the hint has the allowed values."""
    with pytest.raises(UsageError, match=f"^{name}") as refused:
        parse_options(**{name: value})
    assert hint in refused.value.hint


@pytest.mark.parametrize("function", [minimize.purge, minimize.preview_purge])
@pytest.mark.parametrize(
    "arguments", [{"strategy": "foo"}, {"jobs": 0}, {"triggers": "nonsense"}, {"consumers": "zzz"}, {"profile": "x"}]
)
def test_the_public_functions_refuse_it_before_they_connect(tmp_path: Path, function: Any, arguments: Any) -> None:
    """A connection to this address would fail with another error."""
    path = tmp_path / "minimize.toml"
    path.write_text(policy_text(at("app.person.birthplace")))
    with pytest.raises(UsageError, match=f"^{next(iter(arguments))} is "):
        function(path, NOWHERE, **arguments)


@pytest.mark.parametrize("strategy", get_args(StrategyChoice))
def test_every_strategy_is_accepted(strategy: StrategyChoice) -> None:
    """Under its own name."""
    assert parse_options(strategy=strategy).strategy == strategy


def test_the_former_name_of_truncate_is_accepted() -> None:
    """As on the command line."""
    assert parse_options(strategy="dispose").strategy == "truncate"


def test_options_check_themselves() -> None:
    """Whichever code makes them."""
    with pytest.raises(UsageError, match=r"^jobs is 0$"):
        PurgeOptions(jobs=0)
    assert PurgeOptions(jobs=MAX_JOBS).jobs == MAX_JOBS
