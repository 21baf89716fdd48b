"""Remove a field that the law no longer requires from a live PostgreSQL database, permanently.

Public names are loaded when they are first used, so that a program which only imports the package, such as pytest when
it looks for plugins, pays little for it.

The logger `minimize` and its children receive what the functions report where no callback is given: progress, notes and
warnings. No record holds a value of a row. Without configuration nothing is printed.
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from minimize.errors import (
        DatabaseError,
        InterruptedRunError,
        LockNotAvailableError,
        MinimizeError,
        MissingPrivilegeError,
        PolicyError,
        RefusedError,
        RetiredFieldError,
        UsageError,
    )
    from minimize.guard import guard
    from minimize.locations import Policy, load_policy
    from minimize.observed_state import status
    from minimize.purge import preview_purge, purge
    from minimize.verify import verify

__all__ = [
    "DatabaseError",
    "InterruptedRunError",
    "LockNotAvailableError",
    "MinimizeError",
    "MissingPrivilegeError",
    "Policy",
    "PolicyError",
    "RefusedError",
    "RetiredFieldError",
    "UsageError",
    "guard",
    "load_policy",
    "preview_purge",
    "purge",
    "status",
    "verify",
]

_PACKAGES: Final = ("guard", "purge", "verify")
"""Functions that are packages too: see docs/adr/0016-packages-that-can-be-called.md."""

_MODULES: Final = {
    "Policy": "minimize.locations",
    "load_policy": "minimize.locations",
    "preview_purge": "minimize.purge",
    "status": "minimize.observed_state",
}

logging.getLogger("minimize").addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attributes are of any type
    """Load a public name, or read the version that is installed."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  slow to import, and rarely asked for

        return version("minimize")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _PACKAGES:
        return import_module(f"minimize.{name}")
    value = globals()[name] = getattr(import_module(_MODULES.get(name, "minimize.errors")), name)
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
