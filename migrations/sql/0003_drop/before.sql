-- What reads the columns that go is dropped or rewritten first; op.drop_field refuses while it is there.

DROP MATERIALIZED VIEW mart.birthplace_counts;
DROP FUNCTION mart.origin_label(bigint);
DROP INDEX mart.dim_applicant_born_abroad;
DROP VIEW mart.v_applicant_origin;
CREATE VIEW mart.v_applicant_origin AS
SELECT applicant_id, birth_year
  FROM mart.dim_applicant;
