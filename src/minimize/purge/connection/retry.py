"""Retry an action until it succeeds. Only this module of the purge runs retries of tenacity.

Its callers take objects from tenacity that say when to stop and how long to pause.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, retry_if_result, wait_exponential, wait_none
from tenacity.stop import StopBaseT
from tenacity.wait import WaitBaseT

_T = TypeVar("_T")


def retry(
    action: Callable[[], _T],
    *,
    until: StopBaseT,
    on_error: Callable[[BaseException], bool] = lambda _: False,
    on_result: Callable[[_T], bool] = lambda _: False,
    pause: WaitBaseT = wait_none(),  # noqa: B008 - it has no state
    before_pause: Callable[[BaseException | None], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> _T:
    """Call an action again while it fails; return its last result, or raise its last error unchanged.

    Args:
        action: What to attempt. Every attempt must be safe to repeat.
        until: When to give up, such as `tenacity.stop_after_attempt(5)`; checked after each failed attempt.
        on_error: Whether an error is worth another attempt. Any other error is raised at once.
        on_result: Whether a result counts as a failure.
        pause: How long to pause between two attempts.
        before_pause: Called with the error before each pause; it may raise to end the retries.
        sleep: How to pause. `StopRequest.wait` also ends the pause when a stop is requested.
    """

    def report(state: RetryCallState) -> None:
        before_pause(state.outcome.exception() if state.outcome else None)

    retrying = Retrying(
        stop=until,
        wait=pause,
        sleep=sleep,
        retry=retry_if_exception(on_error) | retry_if_result(on_result),
        before_sleep=report,
        retry_error_callback=_last_outcome,
    )
    return retrying(action)


def backoff(*, first: float, longest: float) -> WaitBaseT:
    """Return pauses that double from `first` to `longest` seconds, each shortened by up to half at random.

    Without jitter, two sessions that wait for each other would retry at the same time.
    """
    exponential = wait_exponential(multiplier=first, max=longest)
    return lambda state: exponential(state) * random.uniform(0.5, 1)  # noqa: S311 - jitter, not a secret


def _last_outcome(state: RetryCallState) -> object:
    assert state.outcome is not None
    return state.outcome.result()
