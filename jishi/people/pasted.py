"""Recognise an address in a pasted line: who, which phone, which district, which street."""

import re
from typing import NamedTuple

from jishi.people import divisions, rules
from jishi.people.addresses import Written

PASTED_CHARACTERS_MAX = 300
LABELS = re.compile(
    r"(收件人|收货人|姓名|联系人|手机号码|手机号|手机|电话号码|电话|所在地区|地区|详细地址|收货地址|地址)[:：\s]"
)
BREAKS = re.compile(r"[\s,，;；、|/]+")
PHONE = re.compile(
    r"(?<![0-9+])(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9])"
)
OTHER = re.compile(r"(?<![0-9])(0[0-9]{2,3}-?[0-9]{7,8}|\+[1-9][0-9]{6,14})(?![0-9])")
ENDINGS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县",
           "地区", "省", "市", "区", "县", "旗", "盟")  # fmt: skip
SHORT_MIN = 2
NAME_MAX = 10


class Found(NamedTuple):
    """Where a division is named in a text: its code, and from where to where."""

    code: str
    begin: int
    end: int


def read_pasted(pasted: str) -> Written:
    """Give what a line says of an address; what it does not say is empty, to be filled in."""
    text = LABELS.sub(" ", pasted[:PASTED_CHARACTERS_MAX].strip())
    phone, text = taken_phone(text)
    district, begin, end = district_in(text)
    if not district:
        name, rest = taken_name(text)
        return Written(name, phone, "", rest)
    before, after = text[:begin].strip(" ,，;；"), text[end:]
    if before:
        return Written(shortened_name(before), phone, district, street_of(after))
    name, rest = taken_name(after, is_last=True)
    return Written(name, phone, district, street_of(rest))


def taken_phone(text: str) -> tuple[str, str]:
    """Give the first phone number, and the text without it."""
    if found := PHONE.search(text):
        return "".join(found.groups()), f"{text[: found.start()]} {text[found.end() :]}"
    if found := OTHER.search(text):
        return found[1], f"{text[: found.start()]} {text[found.end() :]}"
    return "", text


def district_in(text: str) -> tuple[str, int, int]:
    """Give the district that a text names, and from where to where it does; empty where none."""
    best, best_score = ("", 0, 0), (0, 0)
    for province, _ in divisions.within(""):
        above = named(province, text, 0)
        for city, _ in divisions.within(province):
            middle = named(city, text, above.end if above else 0)
            if not above and not middle:
                continue
            for district, _ in divisions.within(city):
                lowest = named(district, text, max(each.end for each in (above, middle) if each))
                if not lowest:
                    continue
                parts = [each for each in (above, middle, lowest) if each]
                score = (len(parts), sum(each.end - each.begin for each in parts))
                if score > best_score:
                    best_score = score
                    best = (district, min(each.begin for each in parts), lowest.end)
    return best


def named(code: str, text: str, begin: int) -> Found | None:
    """Find a division by its name, or by its name without the ending, from a place on."""
    whole = divisions.NAMES[code]
    for name in (whole, short_name(whole)):
        at = text.find(name, begin) if len(name) >= SHORT_MIN else -1
        if at >= 0:
            return Found(code, at, at + len(name))
    return None


def short_name(name: str) -> str:
    """Give a division's name without what it ends in: 浙江 for 浙江省."""
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= SHORT_MIN:
            return name[: -len(ending)]
    return name


def taken_name(text: str, *, is_last: bool = False) -> tuple[str, str]:
    """Give the part that is most like a name, and the rest."""
    parts = [each for each in BREAKS.split(text) if each]
    for part in reversed(parts) if is_last else parts:
        is_name = len(part) <= NAME_MAX and not any(map(str.isdigit, part))
        if is_name and len(parts) > 1 and not re.search(r"[路街巷号楼室栋村镇弄]$", part):
            rest = list(parts)
            rest.remove(part)
            return part, " ".join(rest)
    return "", " ".join(parts)


def shortened_name(text: str) -> str:
    """Give a name as long as one may be."""
    return BREAKS.sub(" ", text).strip()[: rules.RECIPIENT_CHARACTERS_MAX]


def street_of(text: str) -> str:
    """Give the street, as long as one may be."""
    return BREAKS.sub(" ", text).strip()[: rules.STREET_CHARACTERS_MAX]
