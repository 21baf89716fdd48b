"""Attacks on the guard: every way there is to write a value back, tried at every location and rolled back."""

from minimize.guard.attacks.attack import Attack, AttackResult, Outcome, attacks
from minimize.guard.attacks.paths import PATHS

__all__ = ["PATHS", "Attack", "AttackResult", "Outcome", "attacks"]
