"""Stylesheets: small, legal, and true to what they were made from."""

import json
from hashlib import sha256

import pytest

from jishi.pages.style import FOLDER, SHEETS, critical_styles, small
from jishi.web.squeeze import PAGE_QUALITY, squeeze

SQUEEZED_BYTES_MAX = 6 * 1024


@pytest.mark.parametrize("name", SHEETS)
def test_a_stylesheet_is_small(name: str) -> None:
    assert len(squeeze(critical_styles()[name].encode(), PAGE_QUALITY)) <= SQUEEZED_BYTES_MAX


@pytest.mark.parametrize("name", SHEETS)
def test_whose_work_it_is_stays_said(name: str) -> None:
    sheet = critical_styles()[name]
    assert sheet.startswith("/*! WeUI v2.6.26")
    assert "MIT license" in sheet
    assert sheet.count("{") == sheet.count("}")
    assert "</" not in sheet
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_what_was_taken_in_is_what_was_published() -> None:
    told = json.loads((FOLDER / "vendor" / "weui.json").read_text("utf-8"))
    taken = (FOLDER / "vendor" / told["file"]).read_bytes()
    assert sha256(taken).hexdigest() == told["sha256"]
    assert (told["version"], told["licence"]) == ("2.6.26", "MIT")
    assert "MIT License" in (FOLDER / "vendor" / "LICENSE-weui.txt").read_text("utf-8")


def test_zooming_and_the_readers_wishes_are_respected() -> None:
    for sheet in critical_styles().values():
        assert "100vh" not in sheet
        assert "prefers-color-scheme:dark" in sheet
        assert ":focus-visible" in sheet
        assert "user-scalable" not in sheet


def test_only_the_line_that_counts_is_kept() -> None:
    css = """
    /* a comment */
    .a > .b , .c { color : red; color: var(--x); -webkit-flex: 1; flex: 1 ; }
    @media (min-width: 2px) { .d:hover { margin: 0 auto } }
    """
    assert small(css) == (
        ".a>.b,.c{color:var(--x);flex:1}@media (min-width:2px){.d:hover{margin:0 auto}}"
    )
