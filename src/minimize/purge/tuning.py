"""The constants of the purge engine as one object, so that tests can pass other values."""

from __future__ import annotations

from dataclasses import dataclass

from minimize.sql import LOCK_ATTEMPTS, LOCK_TIMEOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """Constants that no option or limit changes. Production code uses the defaults."""

    # Passes over a table
    max_passes: int = 20
    """Passes over a table. If the last one still finds values, the purge reports them as left: after so many passes
    the cause is not a race with other writers."""
    max_rescans: int = 5
    """How often a table is purged again because partitions were attached after its last count. The partitions
    attached after the last time are reported as not checked."""
    locked_seconds: float = 3.0
    """How long consecutive passes may find values without erasing any, before the purge concludes that other
    sessions keep the rows locked. If one pass takes longer than this, one such pass after the first is enough."""

    # Ranges and workers
    ranges_per_worker: int = 4
    """Ranges of a leaf for each worker. With more ranges than workers, no worker is idle while another still works in
    a dense part of the leaf."""
    min_range_pages: int = 256
    """Minimum pages of one range. A smaller range is not worth a worker."""

    # Choice of the strategy
    small_pages: int = 64
    """A leaf with fewer pages is purged sequentially: either strategy needs only a few batches for it."""
    min_rows_per_page: int = 4
    """Minimum rows per page for the cascade. It moves one row of each page to another page, so with fewer rows per
    page most updates would not be HOT."""
    min_hot_share: float = 0.1
    """Share of HOT updates below which a cascade is reported as ineffective. With several rows to erase per page, the
    share should be 0.75 or more."""

    # Size of batches
    first_pages: int = 64
    """Pages of the first batch."""
    min_pages: int = 1
    """Minimum pages of a batch."""
    max_pages: int = 8192
    """Maximum pages of a batch of the sequential strategy. For the cascade, the limit `pages` is the maximum."""
    first_rows: int = 1000
    """Rows of the first UPDATE of the sequential strategy."""

    # Waiting for other sessions
    max_batches_ahead: int = 100
    """How many batches the sequential strategy may commit before the horizon passes the first of them. Until then
    VACUUM cannot remove their dead tuples, nor those of the cursor, and each of those makes the next batch slower."""
    stuck_seconds: float = 2.0
    """How long a worker waits for the horizon before it reports which session holds it back."""
    max_conflicts: int = 8
    """Attempts at a batch that ends in a deadlock or a serialization failure. After that, the next pass retries its
    rows."""
    lock_timeouts_per_batch: int = 100
    """How long one statement may wait for a lock on a whole relation, in all attempts together, as a multiple of
    `lock_timeout`."""

    # Refused rows
    max_refused_rows: int = 100
    """Rows of one table that constraints or triggers may refuse. If more are refused, the cause usually refuses every
    row, and the purge of the table stops."""

    # ACCESS EXCLUSIVE, for TRUNCATE and for the proof constraint
    exclusive_lock_timeout: str = LOCK_TIMEOUT
    """How long one attempt waits for the lock."""
    exclusive_lock_attempts: int = LOCK_ATTEMPTS
    """Number of attempts."""

    # VACUUM
    min_vacuum_pages: int = 1024
    """Minimum pages between two VACUUMs of one pass. The space of fewer pages is not worth reading all indexes."""
    toast_share: float = 0.04
    """Maximum share of a leaf between two VACUUMs of its TOAST table. The purge writes a TOASTed document again as a
    whole, so the TOAST table grows by the whole share, while the heap grows by one row per page."""
    gentle_vacuum_delay: str = "2ms"
    """`vacuum_cost_delay` of a purge that rests between batches: the default of autovacuum. A manual VACUUM does not
    rest by default."""
    max_vacuum_attempts: int = 5
    """Attempts at the final VACUUM of a leaf, over ten seconds in all, while other sessions prevent it. After that the
    leaf is reported as not vacuumed."""

    # Connections
    poll_seconds: float = 1.0
    """How often the process reads requests and limits from the state tables, and writes its progress there."""
    reconnect_seconds: float = 60.0
    """How long a lost connection is retried: long enough for a restart or a failover, short for an outage."""
    max_losses: int = 5
    """Connections lost in a row during the same work. After so many, the work itself may crash the server."""


DEFAULT_TUNING = Tuning()
