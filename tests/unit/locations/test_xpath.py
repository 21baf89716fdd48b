"""XML paths: which paths are accepted, and a sample document for each."""

from __future__ import annotations

import pytest

from minimize.locations.xpath import XPathLocation


def location(path: str) -> XPathLocation:
    """Return a location with this path."""
    return XPathLocation.model_validate({"column": "lab.form.body", "xpath": path})


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "a", "a/b", "/a/", "/@a", "/a/@b/c", "/a[1]", "/n:a", "/a/text()", "/a | /b", "///a", "/a/..", "/1a",
        "//@", "/a b", "/a\n", "/-a", "/a" * 31,
    ],
)  # fmt: skip
def test_what_is_no_path_is_refused(path: str) -> None:
    """Predicates, functions, prefixes and relative paths are refused when the policy is read."""
    with pytest.raises(ValueError, match=r"path|attribute"):
        location(path)


@pytest.mark.parametrize(
    ("path", "sample"),
    [
        ("/form/pob", "<form><pob>minimize</pob></form>"),
        ("//pob", "<pob>minimize</pob>"),
        ("/form//*/@pob", "<form><any pob='minimize'></any></form>"),
        ("//@*", "<any any='minimize'></any>"),
        ("/größe.a/b-c_1", "<größe.a><b-c_1>minimize</b-c_1></größe.a>"),
    ],
)
def test_a_path_has_a_sample(path: str, sample: str) -> None:
    """`guard test` writes this document."""
    assert location(path).sample("xml") == sample
