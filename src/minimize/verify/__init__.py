"""Verification: count the values that are left, and observe the state of each location.

The package can be called: `minimize.verify(...)` calls the function `verify` in it.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from minimize.callable_module import CallableModule

if TYPE_CHECKING:
    from minimize.verify.estate_verification import verify

__all__ = ["verify"]

sys.modules[__name__].__class__ = CallableModule


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attributes are of any type
    """Load the public function when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    function = globals()[name] = getattr(import_module("minimize.verify.estate_verification"), name)
    return function
