"""Words in two languages: the source is Chinese, the English catalogue is complete."""

from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po
from minijinja import safe

from jishi.pages import formats

CHINESE, ENGLISH = "zh-CN", "en"
LANGUAGES = (CHINESE, ENGLISH)
CATALOGUE = Path(__file__).parent / "locale" / "en.po"
MONTHS = Locale(ENGLISH).months["format"]["abbreviated"]


class Words:
    """What templates say in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.is_english = language == ENGLISH
        self.texts = english() if self.is_english else {}
        self.plural = Locale(ENGLISH).plural_form
        self.currency = "CNY" if self.is_english else ""

    def say(self, text: str, **values: object) -> str:
        """Say a text; `{name}` in it stands for a value."""
        said = self.texts.get(text, (text,))[-1]
        return said.format(**values) if values else said

    def count(self, text: str, n: int, **values: object) -> str:
        """Say a text about `{n}` things, in the right number."""
        forms = self.texts.get(text, (text,))
        form = forms[0] if self.plural(n) == "one" else forms[-1]
        return form.format(n=f"{n:,}", **values)

    def pick(self, chinese: str, english: str) -> str:
        """Give a merchant's text in this language; where he wrote no English, the Chinese."""
        return english if self.is_english and english else chinese

    def moment(self, at: datetime) -> str:
        """Say a moment as the clock in Shanghai shows it."""
        _ = self.say
        local = at.astimezone(formats.SHANGHAI)
        return _(
            "{month}月{day}日 {clock}",
            month=local.month, name=MONTHS[local.month], day=local.day, clock=f"{local:%H:%M}",
        )  # fmt: skip

    def money_from(self, fen: int) -> str:
        """Say the lowest of several prices; our own catalogue's words need no escaping."""
        _ = self.say
        said = _("{price}起", price=formats.money(fen))
        return safe(f"<span class=from>{said}</span>")


@cache
def english() -> dict[str, tuple[str, ...]]:
    """Read the English catalogue: each Chinese text with its form, or its singular and plural."""
    with CATALOGUE.open("rb") as file:
        messages = read_po(file, locale=ENGLISH)
    found = {}
    for message in messages:
        source = message.id[0] if isinstance(message.id, tuple | list) else message.id
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if source and all(forms):
            found[str(source)] = tuple(map(str, forms))
    return found


@lru_cache(maxsize=256)
def choose_language(wish: str, accepted: str) -> str:
    """Choose by the reader's own wish, then by what the browser accepts; Chinese first."""
    if wish in LANGUAGES:
        return wish
    best, weight = CHINESE, 0.0
    for part in accepted.lower().split(",")[:20]:
        tag, _, quality = part.strip().partition(";q=")
        language = {"zh": CHINESE, "en": ENGLISH}.get(tag.partition("-")[0])
        try:
            found = float(quality or 1)
        except ValueError:
            continue
        if language and found > weight:
            best, weight = language, found
    return best
