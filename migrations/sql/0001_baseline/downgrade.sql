-- The baseline is the first revision, so its downgrade leaves an empty database.

DROP SCHEMA gov, mart, stg, hist, core CASCADE;
