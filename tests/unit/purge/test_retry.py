"""The one helper for retries: when it repeats an action, how long it pauses, and what it returns or raises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tenacity import stop_after_attempt, stop_after_delay, wait_incrementing

from minimize.errors import DatabaseError, InterruptedRunError
from minimize.purge.connection.retry import backoff, retry
from minimize.purge.connection.stop_request import StopRequest


class Action:
    """Fails with each error in turn, then returns 7."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors, self.calls = list(errors), 0

    def __call__(self) -> int:
        """Make one attempt."""
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return 7


def lost(number: int = 0) -> DatabaseError:
    """Return an error that is worth another attempt."""
    return DatabaseError(f"lost {number}", hint="Wait.")


def is_lost(error: BaseException) -> bool:
    """Whether an error is worth another attempt."""
    return isinstance(error, DatabaseError)


def test_an_action_is_repeated_until_it_succeeds() -> None:
    """Its result is returned, and each error is reported before the pause."""
    first, second = lost(1), lost(2)
    action, reported = Action(first, second), list[BaseException | None]()
    assert retry(action, until=stop_after_attempt(5), on_error=is_lost, before_pause=reported.append) == 7
    assert (action.calls, reported) == (3, [first, second])


def test_the_last_error_is_raised_unchanged() -> None:
    """After the last attempt there is neither a report nor a pause, and no other exception in the trace."""
    errors, reported, pauses = [lost(1), lost(2), lost(3)], list[BaseException | None](), list[float]()
    with pytest.raises(DatabaseError) as failed:
        retry(
            Action(*errors),
            until=stop_after_attempt(3),
            on_error=is_lost,
            before_pause=reported.append,
            sleep=pauses.append,
        )
    assert failed.value is errors[2]
    assert (failed.value.__context__, failed.value.__cause__) == (None, None)
    assert (reported, len(pauses)) == (errors[:2], 2)


@pytest.mark.parametrize("error", [ValueError("other"), KeyboardInterrupt()])
def test_an_error_that_is_not_worth_it_is_raised_at_once(error: BaseException) -> None:
    """Also after attempts that were."""
    action = Action(lost(), error, lost())
    with pytest.raises(type(error)):
        retry(action, until=stop_after_attempt(9), on_error=is_lost)
    assert action.calls == 2


def test_a_report_may_end_the_retries() -> None:
    """A stop request that is checked between two attempts, for example."""
    stop = StopRequest()
    action = Action(lost(), lost())

    def check(_: BaseException | None) -> None:
        stop.ask()
        stop.check()

    with pytest.raises(InterruptedRunError):
        retry(action, until=stop_after_attempt(9), on_error=is_lost, before_pause=check)
    assert action.calls == 1


def test_a_stop_request_ends_a_pause() -> None:
    """The pause is a wait of the request."""
    stop = StopRequest()
    stop.ask()
    action = Action(lost(), lost())
    with pytest.raises(InterruptedRunError):
        retry(
            action,
            until=stop_after_attempt(9),
            on_error=is_lost,
            pause=backoff(first=60, longest=60),
            sleep=stop.wait,
        )
    assert action.calls == 1


def test_a_result_may_count_as_a_failure() -> None:
    """The last result is returned even if it still counts as one."""
    results: Iterator[int | None] = iter([1, 2, 3, None])
    pauses = list[float]()
    last = retry(
        lambda: next(results),
        until=stop_after_attempt(3),
        on_result=lambda result: result is not None,
        pause=wait_incrementing(start=1, increment=1),
        sleep=pauses.append,
    )
    assert (last, pauses) == (3, [1, 2])


def test_pauses_double_up_to_the_longest_and_vary() -> None:
    """Each is shortened by up to half."""
    pauses = list[float]()
    with pytest.raises(DatabaseError):
        retry(
            Action(*(lost() for _ in range(9))),
            until=stop_after_attempt(9),
            on_error=is_lost,
            pause=backoff(first=0.05, longest=5.0),
            sleep=pauses.append,
        )
    longest = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0]
    assert all(most / 2 <= pause <= most for pause, most in zip(pauses, longest, strict=True))
    assert len({pause / most for pause, most in zip(pauses, longest, strict=True)}) > 1


def test_no_attempt_follows_the_time_limit() -> None:
    """An attempt that ends after it is the last one."""
    action = Action(*(lost() for _ in range(3)))
    with pytest.raises(DatabaseError):
        retry(action, until=stop_after_delay(0), on_error=is_lost)
    assert action.calls == 1
