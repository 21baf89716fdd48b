"""Attacks on the guard: every write path, tried at every location and rolled back."""

from minimize.guard.attacks.attack import Attack, AttackResult, Outcome, attacks
from minimize.guard.attacks.write_paths import WRITE_PATH_NAMES

__all__ = ["WRITE_PATH_NAMES", "Attack", "AttackResult", "Outcome", "attacks"]
