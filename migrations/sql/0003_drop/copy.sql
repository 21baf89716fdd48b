-- Create the copy again, empty. op.restore_field cannot create it, but guards it.

CREATE TABLE stg.office_batch_2017 (
    batch_id bigint,
    line_no  integer,
    raw      text,
    parsed   jsonb,
    envelope json
);
