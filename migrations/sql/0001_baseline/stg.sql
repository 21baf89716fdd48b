-- What the licensing offices send overnight, as it came and as it was understood.

CREATE SCHEMA stg;

CREATE TABLE stg.office_batch (
    batch_id bigint NOT NULL,
    line_no  integer NOT NULL,
    raw      text NOT NULL,
    parsed   jsonb NOT NULL,
    envelope json,
    CONSTRAINT office_batch_pkey PRIMARY KEY (batch_id, line_no)
);

-- Somebody's CREATE TABLE ... AS SELECT from a busy afternoon: no key, no owner, no end date.
CREATE TABLE stg.office_batch_2017 (
    batch_id bigint,
    line_no  integer,
    raw      text,
    parsed   jsonb,
    envelope json
);
