-- Drop or rewrite the dependents of the columns first; op.drop_field refuses while they exist.

DROP MATERIALIZED VIEW mart.birthplace_counts;
DROP FUNCTION mart.origin_label(bigint);
DROP INDEX mart.dim_applicant_born_abroad;
DROP VIEW mart.v_applicant_origin;
CREATE VIEW mart.v_applicant_origin AS
SELECT applicant_id, birth_year
  FROM mart.dim_applicant;
