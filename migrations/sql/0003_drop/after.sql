-- The new report counts applicants by a field that is still collected.

CREATE MATERIALIZED VIEW mart.birth_year_counts AS
SELECT birth_year, count(*) AS applicants
  FROM mart.dim_applicant
 GROUP BY birth_year;
CREATE UNIQUE INDEX birth_year_counts_key ON mart.birth_year_counts (birth_year);
