-- Restore the dependents of the columns, which are empty.

DROP MATERIALIZED VIEW mart.birth_year_counts;

ALTER TABLE core.birth_place ADD CONSTRAINT birth_place_city_present CHECK (city <> '');
CREATE INDEX birth_place_city_lower ON core.birth_place (lower(city));
CREATE STATISTICS core.birth_place_region_country (dependencies, mcv) ON region, country FROM core.birth_place;
DO $$
DECLARE
    home name;
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm' AND installed_version IS NULL) THEN
        CREATE EXTENSION pg_trgm WITH SCHEMA core;
    END IF;
    SELECT n.nspname INTO home
      FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
     WHERE e.extname = 'pg_trgm';
    IF home IS NOT NULL THEN
        EXECUTE format('CREATE INDEX birth_place_city_trgm ON core.birth_place USING gin (city %I.gin_trgm_ops)', home);
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'pg_trgm may not be installed by this role: no trigram index on core.birth_place.city';
END
$$;

ALTER TABLE core.applicant ADD CONSTRAINT applicant_birth_place_id_fkey
    FOREIGN KEY (birth_place_id) REFERENCES core.birth_place;
CREATE INDEX applicant_birth_place_id ON core.applicant (birth_place_id);

ALTER TABLE mart.dim_applicant ADD CONSTRAINT dim_applicant_birth_complete
    CHECK ((birth_city IS NULL) = (birth_country IS NULL));
CREATE INDEX dim_applicant_birth_country ON mart.dim_applicant (birth_country);
CREATE INDEX dim_applicant_born_abroad ON mart.dim_applicant (birth_year) WHERE birth_country <> 'USA';
CREATE STATISTICS mart.dim_applicant_birth (ndistinct, dependencies, mcv)
    ON birth_city, birth_country FROM mart.dim_applicant;

DROP VIEW mart.v_applicant_origin;
CREATE VIEW mart.v_applicant_origin AS
SELECT applicant_id, birth_year, birth_city, birth_country, birth_city = residence_city AS lives_where_born
  FROM mart.dim_applicant;

CREATE MATERIALIZED VIEW mart.birthplace_counts AS
SELECT birth_country, birth_city, count(*) AS applicants
  FROM mart.dim_applicant
 GROUP BY birth_country, birth_city;
CREATE UNIQUE INDEX birthplace_counts_key ON mart.birthplace_counts (birth_country, birth_city);

CREATE FUNCTION mart.origin_label(of_applicant bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    label text;
BEGIN
    SELECT d.birth_city || ', ' || d.birth_country INTO label
      FROM mart.dim_applicant AS d
     WHERE d.applicant_id = of_applicant;
    RETURN label;
END
$$;
