"""Compares the expressions of xpath with an oracle in Python, also where a text search would fail."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.locations.asking import XML, judge, location, require

Conn = psycopg.Connection[Any]


@pytest.fixture(autouse=True)
def _xml(database: str) -> None:
    """XML is an option of the server's build."""
    require(database, *XML)


PATHS = ["/r/a", "/r/a/b", "//a", "//a//b", "/r//b", "/r/a/@b", "//@a", "//a//@b", "/r/*/b", "//a/@*", "/r", "//*/a/b"]


class Element(NamedTuple):
    """An element, its attributes, and the texts and elements in it."""

    name: str
    attributes: dict[str, str]
    content: list[Any]


texts = st.sampled_from(
    ["x", " ", "&lt;a&gt;", "<!-- <a>x</a> -->", "<![CDATA[<a>]]]]>", "<?a <b/>?>", "é", "/a>", "]"]
)
names = st.sampled_from(["a", "b", "ab", "n:a"])
attributes = st.dictionaries(names, st.sampled_from(["", "x", "a='1'", "/>", "&quot;"]), max_size=2)
elements = st.recursive(
    st.builds(Element, names, attributes, st.just([])),
    lambda inner: st.builds(Element, names, attributes, st.lists(texts | inner, max_size=4)),
    max_leaves=12,
)


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def steps_of(path: str) -> list[tuple[bool, bool, str]]:
    """Split a path into steps: at any depth, an attribute, and the name."""
    return [(deep == "//", bool(at), name) for deep, at, name in re.findall(r"(//?)(@?)([\w*]+)", path)]


def is_at(path: list[str], steps: list[tuple[bool, bool, str]]) -> bool:
    """Whether the names from the outermost element match the steps."""
    if not steps:
        return not path
    if not path:
        return False
    *before, (is_deep, _, name) = steps
    if name not in ("*", path[-1]):
        return False
    return any(is_at(path[:n], before) for n in (range(len(path)) if is_deep else [len(path) - 1]))


def write(element: Element, steps: list[tuple[bool, bool, str]], above: list[str], taken: list[str]) -> str:
    """Write an element without what a path finds."""
    path = [*above, local(element.name)]
    *before, (is_deep, is_attribute, name) = steps or [(False, False, "")]
    if is_attribute:
        starts = [path[:n] for n in range(1, len(path) + 1)] if is_deep else [path]
        owns = any(is_at(start, before) for start in starts) or (is_deep and not before)
        goes = {key for key in element.attributes if owns and name in ("*", local(key))}
    else:
        goes = set(element.attributes) if is_at(path, steps) else set()
        if steps and is_at(path, steps):
            whole = write(element, [], above, [])
            content = "".join(
                write(each, [], path, []) if isinstance(each, Element) else each for each in element.content
            )
            if element.attributes or content.strip():
                taken.append(whole)
            return ""
    taken.extend(element.attributes[key] for key in goes if element.attributes[key])
    kept = "".join(f' {key}="{value}"' for key, value in element.attributes.items() if key not in goes)
    if not element.content:
        return f"<{element.name}{kept}/>"
    inner = "".join(write(each, steps, path, taken) if isinstance(each, Element) else each for each in element.content)
    return f"<{element.name}{kept}>{inner}</{element.name}>"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(found=st.lists(elements, min_size=5, max_size=20), path=st.sampled_from(PATHS))
def test_xml_agrees_with_the_oracle(server_conn: Conn, found: list[Element], path: str) -> None:
    """The path's parts are removed despite comments, CDATA and attribute values; every other byte stays."""
    roots = [Element("r", {"xmlns:n": "urn:n"}, [element]) for element in found]
    documents = [write(root, [], [], []) for root in roots]
    for root, judged in zip(roots, judge(server_conn, location(xpath=path), "xml", documents), strict=True):
        taken: list[str] = []
        expected = write(root, steps_of(path), [], taken)
        if path == "/r":
            expected, taken = '<r xmlns:n="urn:n"></r>', ["content"]
        assert judged.kept == expected
        assert judged.carries == bool(taken)
        assert not judged.still_carries


@pytest.mark.majors
@pytest.mark.parametrize(
    ("path", "document", "kept", "carries"),
    [
        ("/f/pob", '<?xml version="1.0"?>\n<f><pob>Kent</pob><x/></f>', '<?xml version="1.0"?>\n<f><x/></f>', True),
        ("/f/pob", "<f>\n <pob/> <pob> </pob></f>", "<f>\n  </f>", False),
        ("/f/pob", '<f xmlns:i="u"><pob i:nil="true"/></f>', '<f xmlns:i="u"></f>', False),
        ("/f/pob", '<f><pob country="US"/></f>', "<f></f>", True),
        ("/f/pob", "<f><pob><pob>x</pob></pob></f>", "<f></f>", True),
        ("/pob", '<pob a="1">Kent</pob>', "<pob></pob>", True),
        ("//pob", "<a/><pob/>text", "<a/><pob/>text", False),
        ("//@pob", "<f pob = 'a>b' x='1'/>", "<f x='1'/>", True),
        ("/f/@pob", '<f pob=""/>', "<f/>", False),
        ("//pob", '<!DOCTYPE f [<!ENTITY e "]>"> <!-- <pob> ]> -->]><f><pob>&e;</pob></f>', None, True),
        ("//pob", "<f><Pob>x</Pob><pobx>x</pobx></f>", "<f><Pob>x</Pob><pobx>x</pobx></f>", False),
        ("//größe", "<f><größe>1</größe></f>", "<f></f>", True),
        ("//pob", "plain text", "plain text", False),
    ],
)
def test_xml_is_cut_not_rewritten(
    server_conn: Conn,
    path: str,
    document: str,
    kept: str | None,
    carries: bool,  # noqa: FBT001  a table
) -> None:
    """Declarations, document types, quotes, blanks and fragments stay unchanged."""
    (judged,) = judge(server_conn, location(xpath=path), "xml", [document])
    assert judged.kept == (document.replace("<pob>&e;</pob>", "") if kept is None else kept)
    assert (judged.carries, judged.still_carries) == (carries, False)
