"""The lag of a replica in time, when the throttle has seen more than the server reports."""

from __future__ import annotations

from minimize.purge.throttle.reading import Reading
from minimize.purge.throttle.replica_lag import ReplicaLag, _Walsender

MB = 1024**2


def read(throttle: ReplicaLag, *, at: float, written: int, replayed: int, lag: float | None) -> Reading:
    """Return the reading of one replica as pg_stat_replication would show it at some second."""
    return throttle._judge_rows([_Walsender(written, at, 1, "standby1", "streaming", replayed, lag)])


def test_a_replica_that_no_longer_answers_falls_behind() -> None:
    """The server still reports the lag of its last answer."""
    throttle = ReplicaLag(None, 10.0)
    assert read(throttle, at=100, written=0, replayed=0, lag=None).is_clear
    for second in range(101, 112):
        assert read(throttle, at=second, written=MB, replayed=0, lag=0.2).is_clear
    reading = read(throttle, at=112, written=MB, replayed=0, lag=0.2)
    assert (reading.is_clear, reading.value["seconds"]) == (False, 11)
    assert reading.text == "standby1 is 1 MB / 11 s behind (limit 10 s)"


def test_the_lag_of_the_server_counts_if_it_is_larger() -> None:
    """The throttle has not seen WAL that was written before its first reading."""
    assert read(ReplicaLag(None, 10.0), at=100, written=MB, replayed=0, lag=60.0).value["seconds"] == 60


def test_without_a_lag_of_the_server_the_maximum_counts() -> None:
    """The first reading has no lag in time and is not clear."""
    throttle = ReplicaLag(None, 10.0)
    first = read(throttle, at=100, written=MB, replayed=0, lag=None)
    assert (first.is_clear, first.is_readable) == (False, False)
    for second in range(101, 200):
        reading = read(throttle, at=second, written=second * MB, replayed=(second - 1) * MB, lag=None)
        assert second == 101 or (reading.is_clear, reading.value["seconds"]) == (True, 1)


def test_without_a_time_limit_the_lag_in_time_may_be_unknown() -> None:
    """Bytes alone decide, and an unknown time is not shown as 0 s."""
    reading = read(ReplicaLag(2 * MB, None), at=100, written=MB, replayed=0, lag=None)
    assert (reading.is_clear, reading.text) == (True, "standby1 is 1 MB behind (limit 2 MB)")
    assert reading.value == {"bytes": MB, "replicas": 1}


def test_a_replica_that_has_caught_up_is_not_behind_in_time() -> None:
    """The server may still report an old lag, and the last record may stay unfinished for long."""
    throttle = ReplicaLag(MB, 10.0)
    for second in (100, 200, 300):
        reading = read(throttle, at=second, written=MB, replayed=MB - 56, lag=60.0)
        assert (reading.is_clear, reading.text) == (True, "standby1 is 56 B / 0 s behind (limit 1 MB / 10 s)")


def test_wal_that_is_written_between_two_rows_is_no_error() -> None:
    """Each replica is compared with the WAL position of its own row."""
    near = _Walsender(0, 100.0, 1, "near", "streaming", 0, 0.1)
    far = _Walsender(MB, 100.1, 2, "far", "streaming", 0, 0.2)
    assert ReplicaLag(None, 10.0)._judge_rows([near, far]).value["seconds"] == 0.2


def test_the_replica_over_its_limit_is_shown() -> None:
    """It may be behind in time and not in bytes, or in bytes and not in time."""
    throttle = ReplicaLag(10 * MB, 10.0)
    near = _Walsender(20 * MB, 100.0, 1, "near", "streaming", 12 * MB, 0.1)
    slow = _Walsender(20 * MB, 100.0, 2, "slow", "streaming", 19 * MB, 11.0)
    assert throttle._judge_rows([near, slow]).text.startswith("slow is ")
    far = near._replace(name="far", replayed=2 * MB)
    assert throttle._judge_rows([far, slow]).text.startswith("far is ")
