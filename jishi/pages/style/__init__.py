"""The one stylesheet, built from its parts when the program starts, and inlined in every page."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
PARTS = ("vendor/weui.css", "page.css", "goods.css", "product.css", "order.css")
COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
NOTICE = re.compile(r"/\*!.*?\*/", re.DOTALL)
AROUND = re.compile(r"\s*([{};,])\s*")
AFTER = re.compile(r"(?<=[:>])\s+")


@cache
def critical_style() -> str:
    """Give the stylesheet without what only people read; whose work is in it stays said."""
    return "".join(small((FOLDER / part).read_text(encoding="utf-8")) for part in PARTS)


def small(css: str) -> str:
    """Take comments and needless spaces out of a stylesheet that has no braces in its texts."""
    notices = "".join(f"/*! {title(notice)} */" for notice in NOTICE.findall(css))
    bare = NOTICE.sub("", COMMENT.sub("", css))
    bare = AFTER.sub("", AROUND.sub(r"\1", re.sub(r"\s+", " ", bare)))
    return notices + bare.replace(";}", "}").strip()


def title(notice: str) -> str:
    """Give a notice's lines up to its first empty one, as one."""
    lines = [line.strip(" */!") for line in notice.splitlines()]
    said = [line for line in lines if line]
    return ". ".join(said[:3])
