"""AAMVA payloads for tests, and a slow, simple reader that shares no code with the one in SQL."""

from __future__ import annotations

import re
from typing import NamedTuple

from hypothesis import strategies as st

from fixtures.aamva import Subfile, Variant, build_payload

IDS = ["DAQ", "DCS", "DCI", "DCI", "DCG", "DAG", "DBB", "DDA", "ZWA"]
WORDS = [
    "",
    "DCI",
    "12 DCI PLAZA",
    "MÉRIDA, YUC",
    "SAN DCI",
    "DCIDCI",
    "F",
    "USA",
    "01312018",
    "É",
    "FORT DAVIS",
    "\\x",
]

elements = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(WORDS)), max_size=6).map(tuple)
subfiles = st.lists(st.builds(Subfile, st.sampled_from(["DL", "ID", "ZW"]), elements), min_size=1, max_size=3).map(
    tuple
)
made = st.builds(
    build_payload,
    subfiles,
    version=st.sampled_from([1, 2, 8, 10]),
    jurisdiction_version=st.sampled_from([0, 12]),
    variant=st.sampled_from(Variant),
)


PIECES = [b"\n", b"\r", b" ", b"DCI", b"\nDCIX", b"\0", b"\xe9", b"0", b"7", b"\x1e", b"Z", b" DDAF"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a payload with a few changed bytes."""
    payload = bytearray(draw(made))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(payload)))
        piece = draw(st.sampled_from(PIECES))
        match draw(st.sampled_from(["insert", "replace", "delete", "truncate"])):
            case "insert":
                payload[at:at] = piece
            case "replace":
                payload[at : at + len(piece)] = piece
            case "delete":
                del payload[at : at + draw(st.integers(1, 4))]
            case _:
                del payload[max(at, len(payload) - 8) :]
    return bytes(payload)


class Reading(NamedTuple):
    """A payload without an element, and the removed part."""

    kept: bytes
    taken: list[bytes]


class Entry(NamedTuple):
    """One entry of a directory."""

    type: bytes
    offset: int
    length: int


PADDING = b" \t\n\r\x1c\x1d\x1e\x1f"
HEADER = re.compile(
    rb"@[\x01-\x20]{0,8}(?:ANSI ?|AAMVA)\d{8}(?:\d\d)?"
    rb"(?P<entries>\d\d)(?P<directory>(?:[A-Z][A-Z0-9]\d{8})+)"
)


def read(payload: bytes, element: bytes) -> Reading | None:
    """Return the payload without the element, or None if the element has no known start and end."""
    if b"\0" in payload.rstrip(b"\0"):
        return None
    filled, payload = payload, payload.rstrip(b"\0")
    header = HEADER.match(payload)
    if header is None or len(header["directory"]) != 10 * int(header["entries"]):
        return None
    text = header["directory"]
    directory = [
        Entry(text[i : i + 2], int(text[i + 2 : i + 6]), int(text[i + 6 : i + 10])) for i in range(0, len(text), 10)
    ]
    parts = by_directory(payload, directory, header.end()) or by_terminator(payload, directory, header.end())
    if parts is None:
        return None
    is_spaced = b"\n" not in payload[: len(payload) - len(parts[-1])]
    new, written, shift, taken = b"", b"", 0, []
    for entry, (gap, subfile) in zip(directory, zip(parts[:-1:2], parts[1::2], strict=True), strict=True):
        ended = subfile.rstrip(b"\r\n")
        lines = ended[2:].split(b"\n")
        found = cut_words(lines[0], element) if is_spaced else cut_lines(lines, element)
        if found is None:
            return None
        rest = (b" " if is_spaced else b"\n").join(found.kept)
        new += gap + ended[:2] + rest + subfile[len(ended) :]
        taken += found.taken
        removed = len(ended) - 2 - len(rest)
        written += entry.type + b"%04d%04d" % (max(0, entry.offset - shift), max(0, entry.length - removed))
        shift += removed
    if not is_spaced and b"\n" not in payload[: header.end()] + new and element in new:
        # Text inside a value would look like an element.
        return None
    end = parts[-1] + filled[len(payload) :]
    return Reading(payload[: header.start("directory")] + written + new + end, taken)


def by_directory(payload: bytes, directory: list[Entry], at: int) -> list[bytes] | None:
    """Split the payload by its directory: gap, subfile, gap, subfile, ..., the rest."""
    parts = []
    for entry in directory:
        if entry.offset < at or entry.length < 2 or entry.offset + entry.length > len(payload):
            return None
        parts += [payload[at : entry.offset], payload[entry.offset : entry.offset + entry.length]]
        at = entry.offset + entry.length
    return checked([*parts, payload[at:]], directory)


def by_terminator(payload: bytes, directory: list[Entry], at: int) -> list[bytes] | None:
    """Split the payload after each CR; the last CR may be missing."""
    parts = []
    for number in range(len(directory)):
        start = len(payload) - len(payload[at:].lstrip(PADDING))
        end = payload.find(b"\r", start) + 1
        if end == 0 and number + 1 == len(directory):
            end = len(payload)
        if end < start + 2:
            return None
        parts += [payload[at:start], payload[start:end]]
        at = end
    return checked([*parts, payload[at:]], directory)


def checked(parts: list[bytes], directory: list[Entry]) -> list[bytes] | None:
    """Return the parts if they are valid."""
    is_right = (
        not any(gap.strip(PADDING) for gap in parts[::2])
        and not any(b"\r" in subfile.rstrip(PADDING) for subfile in parts[1::2])
        and [subfile[:2] for subfile in parts[1::2]] == [entry.type for entry in directory]
    )
    return parts if is_right else None


class Cut(NamedTuple):
    """The elements of one subfile that stay, and those that are removed."""

    kept: list[bytes]
    taken: list[bytes]


def cut_lines(lines: list[bytes], element: bytes) -> Cut | None:
    """Remove the lines that begin with the id; None if the id also follows another possible separator."""
    kept = [line for line in lines if not line.startswith(element)]
    for line in kept:
        if re.search(rb"[\x00-\x09\x0b-\x1f]" + element, line):
            return None
        if re.search(NO_WORD + element, line) and re.search(rb"[^A-Za-z0-9]" + SURE + rb"(?![A-Za-z0-9])", line):
            return None
    return Cut(kept, [line for line in lines if line.startswith(element)])


NO_WORD = rb"[^A-Za-z0-9?\\\x80-\xff]"
SURE = (
    rb"(D(B[ABD]|D[BCHIJ])\d{8}|DAK\d{5,11}|DA[WX]\d{2,3}|(DBC|DCE|DDD|DDK|DDL)\d|DCG(USA|CAN|MEX)"
    rb"|DAY(BLK|BLU|BRO|DIC|GRY|GRN|HAZ|MAR|PNK|UNK)|DDA[FMN]|DD[EFG][TNU])"
)
BEGINS = re.compile(rb"(D[A-D]|PA|Z[A-Z])[A-Z]")


def cut_words(text: bytes, element: bytes) -> Cut | None:
    """Remove the words from the id to the next element; None if the start or end is not certain."""
    words = text.split(b" ")
    kept: list[bytes] = []
    taken: list[bytes] = []
    while words:
        word = words.pop(0)
        if not word.startswith(element):
            if re.search(NO_WORD + element, word):
                return None
            kept.append(word)
            continue
        if kept and not re.fullmatch(SURE, kept[-1]):
            return None
        while words and not BEGINS.match(words[0]):
            word += b" " + words.pop(0)
        if words and not re.fullmatch(SURE, words[0]):
            return None
        if not words:
            kept += [b""] * (len(word) - len(word.rstrip(b" ")))
            word = word.rstrip(b" ")
        taken.append(word)
    return Cut(kept, taken)
