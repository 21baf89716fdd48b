"""The guard: triggers and a CHECK that refuse writes of a retired field, and their comparison with the policy.

The package can be called: `minimize.guard(...)` calls the function `guard` in it.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from minimize.callable_module import CallableModule

if TYPE_CHECKING:
    from minimize.guard.guard_check import guard

__all__ = ["guard"]

sys.modules[__name__].__class__ = CallableModule


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attributes are of any type
    """Load the public function when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    function = globals()[name] = getattr(import_module("minimize.guard.guard_check"), name)
    return function
