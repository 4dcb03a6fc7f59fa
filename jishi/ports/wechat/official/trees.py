"""The body of a push or a reply as a tree, and back: XML or JSON, hardened against its sender.

XML is read without entities and without a DTD, and neither kind deeper or larger than a push of
WeChat ever is.
"""

import re
from typing import TypeAlias

import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

Branch: TypeAlias = "str | int | Tree | list[Branch]"
Tree: TypeAlias = "dict[str, Branch]"

BYTES_MAX = 64 * 1024
DEPTH_MAX = 8
PARTS_MAX = 2_000
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class BadPush(Exception):
    """A push that is not WeChat's, or not in its form; `reason` is one word of it.

    `bad_signature`, `stale`, `too_large`, `malformed`, `not_sealed`, `not_for_us`. Answer 403, and
    keep nothing of it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(body: bytes) -> Tree:
    """Read a body, JSON when it begins like it; leaves are texts. Raises BadPush."""
    if len(body) > BYTES_MAX:
        raise BadPush("too_large")
    try:
        tree = _read_json(body) if body.lstrip()[:1] == b"{" else _read_xml(body.decode())
    except (DefusedXmlException, ParseError, ValueError, LookupError, RecursionError) as error:
        raise BadPush("malformed") from error
    if not isinstance(tree, dict):
        raise BadPush("malformed")
    return tree


def write_xml(tree: Tree) -> str:
    """Write a tree as XML under `<xml>`: texts as CDATA, numbers bare."""
    return _element("xml", tree)


def write_json(tree: Tree) -> str:
    """Write a tree as JSON."""
    return msgspec.json.encode(tree).decode()


def text_at(tree: Tree, name: str) -> str:
    """Give the text under a name; empty where there is none."""
    found = tree.get(name, "")
    return found if isinstance(found, str) else ""


class _Growing:
    """Grows a tree from what the XML parser tells, and stops where it becomes absurd."""

    def __init__(self) -> None:
        self.open: list[tuple[Tree, list[str]]] = []
        self.parts = 0
        self.grown: Branch = ""

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        self.parts += 1
        if len(self.open) >= DEPTH_MAX or self.parts > PARTS_MAX:
            raise BadPush("malformed")
        self.open.append(({}, []))

    def data(self, text: str) -> None:
        self.open[-1][1].append(text)

    def end(self, name: str) -> None:
        branches, texts = self.open.pop()
        self.grown = branches or "".join(texts)
        if self.open:
            _hang(self.open[-1][0], name, self.grown)

    def close(self) -> Branch:
        return self.grown


def _hang(tree: Tree, name: str, branch: Branch) -> None:
    """Hang a branch into the tree; several of one name become a list."""
    known = tree.get(name)
    if known is None:
        tree[name] = branch
    elif isinstance(known, list):
        known.append(branch)
    else:
        tree[name] = [known, branch]


def _read_xml(text: str) -> Branch:
    growing = _Growing()
    parser = DefusedXMLParser(target=growing, forbid_dtd=True)
    parser.feed(text)
    parser.close()
    return growing.grown


def _read_json(body: bytes) -> Branch:
    return _grown(msgspec.json.decode(body), DEPTH_MAX)


def _grown(value: object, depth: int) -> Branch:
    if isinstance(value, dict | list) and depth == 0:
        raise BadPush("malformed")
    match value:
        case dict():
            # Samples of the documentation have names with a blank before them.
            return {str(name).strip(): _grown(each, depth - 1) for name, each in value.items()}
        case list():
            return [_grown(each, depth - 1) for each in value]
        case None:
            return ""
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _element(name: str, branch: Branch) -> str:
    assert _NAME.fullmatch(name), name
    match branch:
        case dict():
            inside = "".join(_element(each, below) for each, below in branch.items())
        case list():
            return "".join(_element(name, each) for each in branch)
        case int():
            inside = str(branch)
        case _:
            inside = f"<![CDATA[{_sayable(branch)}]]>"
    return f"<{name}>{inside}</{name}>"


def _sayable(text: str) -> str:
    """Make a text fit for CDATA.

    What XML cannot carry becomes the replacement character; `]]>` is torn apart, and a carriage
    return stands outside as a reference, for a reader takes a bare one for a line feed.
    """
    text = _UNSPEAKABLE.sub("\ufffd", text)
    return text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
