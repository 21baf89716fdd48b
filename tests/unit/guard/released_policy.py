"""A policy with every kind of location of the first release, as its guard was installed."""

POLICY = r"""
schema_version = 1

[policy]
id = "released"
title = "Place of birth is no longer collected"
jurisdiction = "US-WA"

[[authority]]
id = "rule"
citation = "WSR 18-10-030"
title = "Application for a licence"

[[field]]
id = "place_of_birth"
title = "Place of birth"
authorities = ["rule"]
aliases = ["pob"]

[[field.exception]]
id = "enhanced"
authorities = ["rule"]
status = "confirmed"

[[field.location]]
column = "core.application.place_of_birth"

[[field.location]]
column = "core.application.birth_city"
keep_where = { enhanced = "kind = 'EDL'" }

[[field.location]]
column = "core.application.form"
json_path = "$.applicant.pob"

[[field.location]]
column = "core.application.form"
json_path = "$.previous[*].pob"
keep_where = { enhanced = "kind = 'EDL'" }

[[field.location]]
column = "core.application.envelope"
json_path = "$.pob"

[[field.location]]
column = "core.application.message"
json_path = "$.pob"

[[field.location]]
column = "core.application.messages"
json_path = "$.pob"

[[field.location]]
column = "core.application.ocr"
pattern = '(?i)PLACE OF BIRTH:[^\n]*'
replacement = "PLACE OF BIRTH: [removed]"

[[field.location]]
column = "core.application.barcode"
aamva_element = "DCI"

[[field.location]]
column = "core.application.scan"
aamva_element = "DCI"

[[field.location]]
column = "core.application.pairs"
hstore_key = "pob"

[[field.location]]
column = "core.application.filing"
xpath = "/filing/pob"

[[field.location]]
table = "stg.batch_2017"
"""

TYPES = {
    "place_of_birth": "text",
    "birth_city": "text",
    "kind": "text",
    "form": "jsonb",
    "envelope": "json",
    "message": "text",
    "messages": "jsonb[]",
    "ocr": "text",
    "barcode": "text",
    "scan": "bytea",
    "pairs": "hstore",
    "filing": "xml",
}
"""The columns of core.application."""
