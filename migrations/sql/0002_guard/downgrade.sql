-- The previous audit trail, with complete rows.

CREATE OR REPLACE FUNCTION hist.log_application_change() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    INSERT INTO hist.change_log (tbl, row_key, old_row, new_row)
    VALUES (
        TG_ARGV[0],
        OLD.application_id::text,
        to_jsonb(OLD),
        CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END
    );
    RETURN NULL;
END
$$;
