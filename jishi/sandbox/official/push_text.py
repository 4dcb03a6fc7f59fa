"""What a push says, as XML for a service account and as JSON for a mini program."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, TypeAlias

import msgspec

from jishi.sandbox.cast import Account


class Rows(NamedTuple):
    """A field that is there once for each row."""

    rows: "tuple[Fields, ...]"


Value: TypeAlias = "str | int | Rows | Fields"
Fields: TypeAlias = "tuple[tuple[str, Value], ...]"


def compose(account: Account, openid: str, moment: datetime, kind: str, fields: Fields) -> str:
    """Write a push down: whom it is for, who did it, when, and what."""
    head: Fields = (
        ("ToUserName", account.original_id),
        ("FromUserName", openid),
        ("CreateTime", int(moment.timestamp())),
        ("MsgType", kind),
    )
    return as_xml(head + fields) if account.kind == "service" else as_json(head + fields)


def as_xml(fields: Fields) -> str:
    """Write fields as WeChat's XML: texts in CDATA, numbers bare."""
    return f"<xml>{''.join(_elements(fields))}</xml>"


def as_json(fields: Fields) -> str:
    """Write fields as JSON."""
    return msgspec.json.encode(_object(fields)).decode()


def encrypted(account: Account, wrapped: str) -> str:
    """Write the envelope of a push in safe mode."""
    fields: Fields = (("ToUserName", account.original_id), ("Encrypt", wrapped))
    return as_xml(fields) if account.kind == "service" else as_json(fields)


def cdata(text: str) -> str:
    """Put a text where no mark-up is read; the end mark inside it is taken apart."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _elements(fields: Fields) -> Iterator[str]:
    for name, value in fields:
        if isinstance(value, Rows):
            yield from (f"<{name}>{''.join(_elements(row))}</{name}>" for row in value.rows)
        elif isinstance(value, int):
            yield f"<{name}>{value}</{name}>"
        elif isinstance(value, str):
            yield f"<{name}>{cdata(value)}</{name}>"
        else:
            yield f"<{name}>{''.join(_elements(value))}</{name}>"


def _object(fields: Fields) -> dict[str, object]:
    return {name: _plain(value) for name, value in fields}


def _plain(value: Value) -> object:
    if isinstance(value, Rows):
        return [_object(row) for row in value.rows]
    return value if isinstance(value, int | str) else _object(value)
