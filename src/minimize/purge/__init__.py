"""The purge: erase the values that were collected, in batches, from a live database.

The package can be called: `minimize.purge(...)` calls the function `purge` in it.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from minimize.callable_module import CallableModule

if TYPE_CHECKING:
    from minimize.purge.estate.preview import preview_purge
    from minimize.purge.estate.purge_databases import purge

__all__ = ["preview_purge", "purge"]

_MODULES: Final = {
    "preview_purge": "minimize.purge.estate.preview",
    "purge": "minimize.purge.estate.purge_databases",
}

sys.modules[__name__].__class__ = CallableModule


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attributes are of any type
    """Load a public function when it is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    function = globals()[name] = getattr(import_module(_MODULES[name]), name)
    return function
