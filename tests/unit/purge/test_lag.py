"""How far a replica is behind in time, where the server knows less than was seen."""

from __future__ import annotations

from minimize.purge.throttle.lag import ReplicaLag, _Walsender
from minimize.purge.throttle.reading import Reading

MB = 1024**2


def read(throttle: ReplicaLag, *, at: float, written: int, replayed: int, lag: float | None) -> Reading:
    """Let the throttle read one replica as pg_stat_replication would show it at some second."""
    return throttle._judge_rows([_Walsender(written, at, 1, "standby1", "streaming", replayed, lag)])


def test_a_replica_that_no_longer_answers_falls_behind() -> None:
    """The server goes on telling the lag of its last answer."""
    throttle = ReplicaLag(None, 10.0)
    assert read(throttle, at=100, written=0, replayed=0, lag=None).is_clear
    for second in range(101, 112):
        assert read(throttle, at=second, written=MB, replayed=0, lag=0.2).is_clear
    reading = read(throttle, at=112, written=MB, replayed=0, lag=0.2)
    assert (reading.is_clear, reading.value["seconds"]) == (False, 11)
    assert reading.text == "standby1 is 1 MB / 11 s behind (limit 10 s)"


def test_the_servers_own_lag_counts_where_it_is_more() -> None:
    """What was written before the first reading was not seen here."""
    assert read(ReplicaLag(None, 10.0), at=100, written=MB, replayed=0, lag=60.0).value["seconds"] == 60


def test_without_a_lag_of_the_servers_it_is_the_most_it_can_be() -> None:
    """At first it is not known at all, which says stop."""
    throttle = ReplicaLag(None, 10.0)
    first = read(throttle, at=100, written=MB, replayed=0, lag=None)
    assert (first.is_clear, first.is_readable) == (False, False)
    for second in range(101, 200):
        reading = read(throttle, at=second, written=second * MB, replayed=(second - 1) * MB, lag=None)
        assert second == 101 or (reading.is_clear, reading.value["seconds"]) == (True, 1)


def test_without_a_limit_in_time_it_need_not_be_known() -> None:
    """Bytes alone decide, and what is not known is not told as nothing."""
    reading = read(ReplicaLag(2 * MB, None), at=100, written=MB, replayed=0, lag=None)
    assert (reading.is_clear, reading.text) == (True, "standby1 is 1 MB behind (limit 2 MB)")
    assert reading.value == {"bytes": MB, "replicas": 1}


def test_a_replica_that_has_caught_up_is_no_time_behind() -> None:
    """Whatever lag the server still tells, and however long the last record stays unfinished."""
    throttle = ReplicaLag(MB, 10.0)
    for second in (100, 200, 300):
        reading = read(throttle, at=second, written=MB, replayed=MB - 56, lag=60.0)
        assert (reading.is_clear, reading.text) == (True, "standby1 is 56 B / 0 s behind (limit 1 MB / 10 s)")


def test_wal_that_is_written_between_two_rows_is_no_error() -> None:
    """Of several replicas, each is held against the position of its own row, which nobody has seen before."""
    near = _Walsender(0, 100.0, 1, "near", "streaming", 0, 0.1)
    far = _Walsender(MB, 100.1, 2, "far", "streaming", 0, 0.2)
    assert ReplicaLag(None, 10.0)._judge_rows([near, far]).value["seconds"] == 0.2


def test_the_replica_over_its_limits_is_the_one_that_is_told() -> None:
    """It may be behind in time and not in bytes, or the other way round."""
    throttle = ReplicaLag(10 * MB, 10.0)
    near = _Walsender(20 * MB, 100.0, 1, "near", "streaming", 12 * MB, 0.1)
    slow = _Walsender(20 * MB, 100.0, 2, "slow", "streaming", 19 * MB, 11.0)
    assert throttle._judge_rows([near, slow]).text.startswith("slow is ")
    far = near._replace(name="far", replayed=2 * MB)
    assert throttle._judge_rows([far, slow]).text.startswith("far is ")
