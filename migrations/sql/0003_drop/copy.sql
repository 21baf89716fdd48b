-- The copy is back, empty; op.restore_field guards it, and cannot make it.

CREATE TABLE stg.office_batch_2017 (
    batch_id bigint,
    line_no  integer,
    raw      text,
    parsed   jsonb,
    envelope json
);
