"""Locating the reference schema, and the packages that the demo needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from minimize.demo.reference import POLICY, find_reference, require_extra
from minimize.errors import MinimizeError, UsageError


def test_the_first_complete_directory_is_used(tmp_path: Path) -> None:
    """A directory that lacks a part is skipped."""
    wanted = tmp_path / "checkout"
    for name in (Path("alembic.ini"), Path("migrations/env.py"), POLICY):
        (wanted / name).parent.mkdir(parents=True, exist_ok=True)
        (wanted / name).touch()
    (tmp_path / "wheel").mkdir()
    (tmp_path / "wheel" / "alembic.ini").touch()
    assert find_reference((tmp_path / "wheel", wanted)) == wanted


def test_a_missing_reference_schema_is_an_error_with_a_hint(tmp_path: Path) -> None:
    """Without the reference schema the hint explains how to install it."""
    with pytest.raises(MinimizeError) as error:
        find_reference((tmp_path,))
    assert "checkout" in error.value.hint


def test_a_missing_package_is_named() -> None:
    """The message names the missing package, and the hint the command that installs it."""
    with pytest.raises(UsageError, match="nothing_of_that_name") as error:
        require_extra(("json", "nothing_of_that_name"))
    assert error.value.hint == "Run `pip install 'minimize[demo]'`."
