"""Take a field the law no longer asks for out of a live PostgreSQL estate, for good.

The public names are loaded when they are first used, so that what merely imports the package, such as pytest looking
for plugins, does not pay for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    from minimize.locations import Policy, load_policy

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
    "load_policy",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attributes are of any type
    """Load a public name, or read the version that is installed."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  slow to import, and rarely asked for

        return version("minimize")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "minimize.errors" if name.endswith("Error") else "minimize.locations"
    value = globals()[name] = getattr(import_module(module), name)
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
