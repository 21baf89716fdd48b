"""Take a field the law no longer asks for out of a live PostgreSQL estate, for good."""

from minimize import locations as _locations  # every kind of location registers itself on import
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
from minimize.policy import Policy, load_policy

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

del _locations
__version__ = "0.1.0"
