"""Stylesheets, built from their parts when the program starts, and inlined in the pages."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
EVERYWHERE = ("vendor/weui.css", "page.css", "foot.css")
SHEETS = {
    "goods": ("goods.css",),
    "product": ("product.css",),
    "order": ("order.css",),
    "console": ("console.css", "table.css", "console_goods.css"),
    "questions": ("console.css", "table.css", "charts.css", "questions.css"),
    "cart": ("order.css", "cart.css"),
    "form": ("order.css", "form.css"),
    "me": ("order.css", "form.css", "me.css"),
}
"""A page carries what every page has, and one of these."""

COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
NOTICE = re.compile(r"/\*!.*?\*/", re.DOTALL)
AROUND = re.compile(r"\s*([{};,])\s*")
AFTER = re.compile(r"(?<=:)\s+|\s*(?=>)|(?<=>)\s+")
RULE = re.compile(r"\{([^{}]*)\}")


@cache
def critical_styles() -> dict[str, str]:
    """Give each stylesheet without what only people read; whose work is in it stays said."""
    return {
        name: "".join(small((FOLDER / part).read_text("utf-8")) for part in (*EVERYWHERE, *own))
        for name, own in SHEETS.items()
    }


def small(css: str) -> str:
    """Take comments, needless spaces and overruled lines out of a stylesheet."""
    notices = "".join(f"/*! {title(notice)} */" for notice in NOTICE.findall(css))
    bare = NOTICE.sub("", COMMENT.sub("", css))
    bare = AFTER.sub("", AROUND.sub(r"\1", re.sub(r"\s+", " ", bare)))
    return notices + RULE.sub(lambda rule: f"{{{effective(rule[1])}}}", bare).strip()


def effective(rule: str) -> str:
    """Give the lines of a rule that count: the last of each, without its old vendor's twin.

    Browsers too old for the last line are too old for our colours, which are variables.
    """
    parts = (line.partition(":") for line in rule.split(";") if line.strip())
    lines = {name.strip(): value.strip() for name, _, value in parts}
    return ";".join(
        f"{name}:{value}"
        for name, value in lines.items()
        if name.removeprefix("-webkit-") == name or name.removeprefix("-webkit-") not in lines
    )


def title(notice: str) -> str:
    """Give the first three lines of a notice, as one."""
    lines = [line.strip(" */!") for line in notice.splitlines()]
    return ". ".join([line for line in lines if line][:3])
