-- The audit trail without the retired field: the copy of a row that still carries it would store the value again.
-- SECURITY DEFINER, so that roles that write applications need no privileges on schema minimize.

CREATE OR REPLACE FUNCTION hist.log_application_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    retired constant jsonpath := '$.form ? (exists (@.applicant.placeOfBirth) || exists (@.applicant.pob)
        || exists (@.birthplace) || exists (@.previousApplications[*].placeOfBirth))';
    paths  constant text[] := ARRAY['{form,applicant,placeOfBirth}', '{form,applicant,pob}', '{form,birthplace}',
        '{form,previousApplications,NULL,placeOfBirth}'];
    before jsonb := to_jsonb(OLD) - ARRAY['place_of_birth', 'birth_country'];
    after  jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) - ARRAY['place_of_birth', 'birth_country'] END;
    path   text;
BEGIN
    -- Most rows contain nothing to remove, and this check is cheaper than the removal.
    IF before @? retired OR after @? retired THEN
        FOREACH path IN ARRAY paths LOOP
            before := minimize.jsonb_without_v1(before, path::text[]);
            after := minimize.jsonb_without_v1(after, path::text[]);
        END LOOP;
    END IF;
    INSERT INTO hist.change_log (tbl, row_key, old_row, new_row)
    VALUES (TG_ARGV[0], OLD.application_id::text, before, after);
    RETURN NULL;
END
$$;
