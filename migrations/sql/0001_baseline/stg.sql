-- The nightly batches of the licensing offices, as raw text and parsed.

CREATE SCHEMA stg;

CREATE TABLE stg.office_batch (
    batch_id bigint NOT NULL,
    line_no  integer NOT NULL,
    raw      text NOT NULL,
    parsed   jsonb NOT NULL,
    envelope json,
    CONSTRAINT office_batch_pkey PRIMARY KEY (batch_id, line_no)
);

-- A forgotten copy made with CREATE TABLE ... AS SELECT, without a key.
CREATE TABLE stg.office_batch_2017 (
    batch_id bigint,
    line_no  integer,
    raw      text,
    parsed   jsonb,
    envelope json
);
