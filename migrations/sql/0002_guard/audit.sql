-- The audit trail goes on, without what is retired: an image of a row that still carries it would bring it back.

CREATE OR REPLACE FUNCTION hist.log_application_change() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after  jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END;
    path   text;
BEGIN
    FOREACH path IN ARRAY ARRAY[
        '{place_of_birth}', '{birth_country}', '{form,applicant,placeOfBirth}', '{form,applicant,pob}',
        '{form,birthplace}', '{form,previousApplications,NULL,placeOfBirth}'
    ] LOOP
        before := minimize.jsonb_without_v1(before, path::text[]);
        after := minimize.jsonb_without_v1(after, path::text[]);
    END LOOP;
    INSERT INTO hist.change_log (tbl, row_key, old_row, new_row)
    VALUES (TG_ARGV[0], OLD.application_id::text, before, after);
    RETURN NULL;
END
$$;
