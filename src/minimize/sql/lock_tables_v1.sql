CREATE OR REPLACE FUNCTION minimize.lock_tables_v1(tables text[], patience text, attempts integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $routine$
-- Takes ACCESS EXCLUSIVE on all of the tables or on none. Each attempt waits at most `patience`; between attempts
-- nothing is held and the wait grows, with jitter, from 0.1 s to 5 s. Giving up names who is in the way.
DECLARE
  attempt integer := 0;
  names text := (SELECT string_agg(t::regclass::text, ', ') FROM unnest(tables) AS t);
  blockers text;
BEGIN
  PERFORM set_config('lock_timeout', patience, true);
  LOOP
    attempt := attempt + 1;
    BEGIN
      EXECUTE 'LOCK TABLE ' || names || ' IN ACCESS EXCLUSIVE MODE';
      RETURN;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      IF attempt >= attempts THEN
        SELECT string_agg(DISTINCT format('pid %s (%s, %s, for %s s)', a.pid, coalesce(nullif(a.application_name, ''), '?'),
                 coalesce(a.state, 'state not visible'), coalesce(extract(epoch FROM now() - a.xact_start)::integer::text, '?')), '; ')
          INTO blockers
          FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
          WHERE l.granted AND l.pid <> pg_backend_pid() AND l.locktype = 'relation'
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.relation IN (SELECT p.relid FROM unnest(tables) AS t, pg_partition_tree(t::regclass) AS p
                               UNION SELECT t::regclass FROM unnest(tables) AS t);
        RAISE EXCEPTION USING ERRCODE = 'lock_not_available',
          MESSAGE = format('could not lock %s in %s attempts of %s; in the way: %s', names, attempts, patience,
                           coalesce(blockers, 'nobody any more')),
          HINT = 'Nothing was changed: end or wait for those sessions and run it again.';
      END IF;
    END;
    PERFORM pg_sleep(least(5, 0.1 * 2 ^ attempt) * (0.5 + random() / 2));
  END LOOP;
END
$routine$
