"""Spoiling genuine messages: what a fuzzer that knows the grammar would send."""

import random

NASTY = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;",
    b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"<a>" * 200, b"{" * 2_000, b"[" * 2_000,
    b'"\\ud800"', b"9" * 400, b"-1e309", b"null", b"true", b'"', b"\\", b"'", b"%00", b"../" * 30,
    b"\r\n", b"A" * 5_000, b"<?xml version='1.0' encoding='utf-16'?>", "\u202e龙".encode(), b"NaN",
)  # fmt: skip


def spoilt(luck: random.Random, genuine: bytes) -> bytes:
    """Give a message with one to four things wrong: cut, doubled, flipped, moved, or nasty."""
    made = bytearray(genuine)
    for _ in range(luck.randint(1, 4)):
        at = luck.randrange(len(made) + 1)
        match luck.randrange(6):
            case 0:
                del made[at : at + luck.randint(1, 40)]
            case 1:
                made[at:at] = luck.choice(NASTY)
            case 2:
                made[at:at] = made[at : at + luck.randint(1, 60)] * luck.randint(1, 3)
            case 3 if made:
                made[at % len(made)] = luck.randrange(256)
            case 4:
                made[at:] = made[:at]
            case _:
                made[at : at + luck.randint(0, 20)] = luck.randbytes(luck.randint(0, 20))
        del made[60_000:]
    return bytes(made)
