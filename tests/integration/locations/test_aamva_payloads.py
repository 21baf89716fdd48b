"""Compares the expressions of aamva_element with a slow, simple oracle in Python, on generated payloads."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from fixtures.aamva import Subfile, Variant, build_payload
from minimize.locations import TableRow, unremovable
from minimize.locations.aamva_element import AamvaElementLocation
from tests.integration.locations.payloads import damaged, made, read

STATE = Subfile("ZW", (("ZWA", "SEA-01"), ("ZWB", "01192018")))
ELEMENTS = (("DAQ", "WDL000000001"), ("DCS", "GUADALAJARA"), ("DBC", "1"), ("DCI", "MÉRIDA, MEXICO"), ("DCG", "USA"))

Answer = tuple[bool, bytes, list[str] | None, bool, bool]
"""What SQL says of a payload: carries, without, carried, unremovable, and whether it still carries afterwards."""


def ask(conn: psycopg.Connection[Any], payloads: list[bytes], column: str = "b", element: str = "DCI") -> list[Answer]:
    """Ask about many payloads in one statement, in a bytea or a text column."""
    location = AamvaElementLocation.model_validate({"column": f"public.d.{column}", "aamva_element": element})
    row = TableRow()
    after = row.with_value(column, sql.SQL("({})").format(location.without(row)))
    kept = sql.SQL("({})::bytea" if column == "b" else "convert_to({}, 'LATIN1')").format(location.without(row))
    query = sql.SQL(
        "SELECT {}, {}, {}, {}, {} FROM unnest(%b::bytea[]) WITH ORDINALITY AS x (b, n),"
        " LATERAL (SELECT convert_from(CASE WHEN position('\\x00'::bytea IN b) > 0 THEN '' ELSE b END, 'LATIN1') AS t)"
        " AS y ORDER BY n"
    ).format(location.carries(row), kept, location.carried(row), unremovable(location, row), location.carries(after))
    return list(conn.execute(query, [payloads]).fetchall())


relaxed = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)


def agree(answer: Answer, payload: bytes, element: str) -> None:
    """Compare the server's answer with the oracle's."""
    carries, kept, taken, is_stuck, still = answer
    expected = read(payload, element.encode())
    if element.encode() not in payload:
        assert (carries, kept, taken) == (False, payload, None)
    elif expected is None:
        assert (carries, kept, is_stuck, still) == (True, payload, True, True)
    else:
        assert kept == expected.kept
        assert carries == bool(expected.taken)
        assert len(taken or ()) == len(expected.taken)
        assert not still
        assert is_stuck == (not expected.taken)


@relaxed
@given(payloads=st.lists(made | damaged(), min_size=20, max_size=60), element=st.sampled_from(["DCI", "DAQ", "ZWA"]))
def test_bytes_agree_with_the_oracle(server_conn: psycopg.Connection[Any], payloads: list[bytes], element: str) -> None:
    """Server and simple reader find and remove the same, for regular and for damaged payloads."""
    for payload, answer in zip(payloads, ask(server_conn, payloads, element=element), strict=True):
        agree(answer, payload, element)


@relaxed
@given(payloads=st.lists((made | damaged()).filter(lambda p: b"\0" not in p), min_size=20, max_size=60))
def test_text_agrees_with_the_oracle(server_conn: psycopg.Connection[Any], payloads: list[bytes]) -> None:
    """In a text column offsets count characters, and the answers are the same."""
    for payload, answer in zip(payloads, ask(server_conn, payloads, column="t"), strict=True):
        agree(answer, payload, "DCI")


@pytest.mark.parametrize("place", range(len(ELEMENTS)))
def test_what_is_left_is_what_would_have_been_written_without(server_conn: psycopg.Connection[Any], place: int) -> None:
    """At any position, the result equals the payload that is written without the element."""
    rest = [element for element in ELEMENTS if element[0] != "DCI"]
    ordered = (*rest[:place], ("DCI", "MÉRIDA, MEXICO"), *rest[place:])
    cases = [(variant, version) for variant in Variant for version in (1, 2, 8, 10)]
    pairs = [
        tuple(
            build_payload((Subfile("DL", tuple(elements)), STATE), version=version, variant=variant)
            for elements in (ordered, rest)
        )
        for variant, version in cases
    ]
    for case, (_, expected), answer in zip(cases, pairs, ask(server_conn, [p for p, _ in pairs]), strict=True):
        is_certain = case[0] is not Variant.SPACES_FOR_LF or place in (3, 4)
        assert answer[3] == (not is_certain), case
        assert not is_certain or answer[1] == expected, case


def test_a_decoy_is_no_element(server_conn: psycopg.Connection[Any]) -> None:
    """The id inside another value, and elements with other ids, stay; the payload does not change."""
    decoys = (("DAQ", "DCI"), ("DAG", "12 DCI PLAZA"), ("DCG", "USA"), ("DCS", "DCIDCI"))
    payloads = [build_payload((Subfile("DL", decoys), STATE), variant=v) for v in Variant if v.name[:6] != "SPACES"]
    for payload, (carries, kept, taken, _, _) in zip(payloads, ask(server_conn, payloads), strict=True):
        assert (carries, kept, taken) == (False, payload, None)


def test_what_cannot_be_read_is_left_and_said_to_carry(server_conn: psycopg.Connection[Any]) -> None:
    """A payload without a known layout that may contain the element carries, is unremovable and stays unchanged."""
    regular = build_payload((Subfile("DL", ELEMENTS), STATE))
    payloads = [
        b"DCI",
        b"DCIKENT, WA",
        b"%" + regular,
        regular[:30],
        regular.replace(b"ANSI ", b"ASNI "),
        regular.replace(b"08", b"0A"),
        regular.replace(b"\r", b""),
        regular.replace(b"\nD", b"|D"),
        regular.replace(b"\nDCI", b"\x1dDCI"),
        regular.replace(b"\nDCI", b"\0DCI"),
        regular + b"DCIKENT, WA\r",
        regular.replace(b"ZWZWA", b"ZXZWA"),
        regular.replace(b"0002DL", b"0003DL"),
        regular.replace(b"\n", b" ").replace(b"MEXICO DCGUSA", b"FORT DAVIS DCGUSA"),
    ]
    payloads = [payload for payload in payloads if b"DCI" in payload]
    for payload, (carries, kept, _, is_stuck, still) in zip(payloads, ask(server_conn, payloads), strict=True):
        assert (carries, kept, is_stuck, still) == (True, payload, True, True)


def test_zeros_at_the_end_are_kept(server_conn: psycopg.Connection[Any]) -> None:
    """A payload that is padded with zero bytes is read without the padding."""
    full, rest = (
        build_payload((Subfile("DL", tuple(e for e in ELEMENTS if e[0] != skipped)), STATE)) + bytes(40)
        for skipped in ("", "DCI")
    )
    assert ask(server_conn, [full])[0][:2] == (True, rest)
