"""A drawn picture for a product that has none: a calm room, a round window, the first letters."""

from html import escape
from zlib import crc32

from minijinja import safe

ROOMS = (
    ("#e9efe6", "#d5e0cf", "#4d6a45"),
    ("#f3ebe0", "#e6d7c2", "#7c5a2e"),
    ("#e6edf2", "#d0dde6", "#3f6079"),
    ("#f4e6e4", "#e8d0cc", "#8a4a42"),
    ("#ece8f1", "#dbd3e5", "#645283"),
    ("#e4efee", "#cde0de", "#36686a"),
    ("#f4efdc", "#e7deba", "#6f6120"),
    ("#efe9e9", "#dfd5d4", "#6b5553"),
)
"""Wall, floor and ink of each room; the ink reads on the wall (4.5 to 1 or more)."""


def placeholder(seed: str, title: str) -> str:
    """Draw the same room for the same seed, with the title's first letter in its window."""
    wall, floor, ink = ROOMS[crc32(seed.encode()) % len(ROOMS)]
    letters = first_letters(title)
    size = 58 if len(letters) == 1 else 44
    return safe(
        f'<svg class="drawn" viewBox="0 0 160 160" aria-hidden="true">'
        f'<path fill="{wall}" d="M0 0h160v160H0z"/>'
        f'<circle cx="80" cy="74" r="54" fill="#fff" opacity=".6"/>'
        f'<path fill="{floor}" d="M0 116h160v44H0z"/>'
        f'<text x="80" y="{74 + size * 0.36:.0f}" font-size="{size}" fill="{ink}" '
        f'text-anchor="middle">{escape(letters)}</text></svg>'
    )


def first_letters(title: str) -> str:
    """Give what stands for a title: its first Han, or the first two letters of a Latin word."""
    letters = "".join(letter for letter in title if letter.isalnum())[:2] or "·"
    return letters.capitalize() if letters.isascii() else letters[0]
