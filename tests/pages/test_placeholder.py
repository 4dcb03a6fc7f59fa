"""Drawn pictures: the same for the same product, and whatever its title is."""

from xml.etree import ElementTree as ET

import pytest

from jishi.pages.placeholder import ROOMS, first_letters, placeholder


def test_the_same_product_has_the_same_picture() -> None:
    assert placeholder("a", "茶") == placeholder("a", "茶")
    assert len({placeholder(str(seed), "茶") for seed in range(200)}) == len(ROOMS)


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("龙井茶", "龙"),
        ("「春采」龙井", "春"),
        ("longjing", "Lo"),
        ("T恤", "T"),
        ("<&>", "·"),
        ("", "·"),
    ],
)
def test_the_letters_mean_something(title: str, letters: str) -> None:
    assert first_letters(title) == letters


@pytest.mark.parametrize("title", ["茶", "<script>", "&amp;", "\x01\x02", "'\"", "👜"])
def test_any_title_makes_a_picture(title: str) -> None:
    drawn = ET.fromstring(placeholder("seed", title))  # noqa: S314 - drawn here
    assert [part.tag for part in drawn] == ["path", "circle", "path", "text"]


@pytest.mark.parametrize("room", ROOMS)
def test_the_ink_reads_on_the_wall(room: tuple[str, str, str]) -> None:
    wall, _, ink = map(luminance, room)
    assert (wall + 0.05) / (ink + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Give a colour's relative luminance, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
