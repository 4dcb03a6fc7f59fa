"""What a text is found by, and what a person who types means: pure functions of text.

Chinese has no spaces, so a run of it is cut into its characters and its pairs of characters, the
same for goods and for questions (docs/algorithms/search.md). A term is letters, digits or Chinese
characters only, so it can stand in a query without being taken for more.
"""

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from jishi.discovery.synonyms import alternatives

QUESTION_MAX = 60
"""Characters of a question that are read; nobody types more."""

GROUPS_MAX = 8
"""Words of a question that are looked for."""

TERMS_MAX = 400
"""Terms of one product, the title's first."""

WORD_MAX = 40
DIGITS_MAX = 6
"""So many digits may be a telephone, an order's or an identity number."""

PREFIX_MIN = 2
SYLLABLES_MAX = 4
PLURAL_MIN = 4
_HAN = r"㐀-鿿"
_RUN = re.compile(rf"[{_HAN}]+|[a-z]+|[0-9]+")
_IS_HAN = re.compile(rf"[{_HAN}]")


class Wanted(Struct, frozen=True):
    """What is looked for, as PostgreSQL's tsquery: all of it, and, second best, any of it."""

    all_of: str
    any_of: str


def runs(text: str) -> list[str]:
    """Cut a text into runs of Chinese, of Latin letters and of digits; width and case are one."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).casefold())


def pairs(run: str) -> list[str]:
    """Give the pairs of neighbours in a run; a single character is its own."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def word(run: str) -> str:
    """Give a Latin word without the s of its plural, and no longer than words are."""
    is_plural = len(run) >= PLURAL_MIN and run.endswith("s") and not run.endswith("ss")
    return (run[:-1] if is_plural else run)[:WORD_MAX]


def terms(text: str) -> list[str]:
    """Give what a text is found by, each once, in the text's order."""
    found: list[str] = []
    for run in runs(text):
        found += [*pairs(run), *run] if _IS_HAN.match(run) else [word(run)]
    return list(dict.fromkeys(found))


def pinyin(text: str) -> list[str]:
    """Give what the Chinese of a text is found by in Latin letters: 龙井 by longjing and lj."""
    # Its dictionary takes a quarter of a second to read: not in every process, only where it is.
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - see above

    found: list[str] = []
    for run in runs(text):
        if _IS_HAN.match(run):
            said = lazy_pinyin(run)
            for length in range(1, SYLLABLES_MAX + 1):
                for at in range(len(said) - length + 1):
                    part = said[at : at + length]
                    found.append("".join(part))
                    if length > 1:
                        found.append("".join(each[0] for each in part))
    return [each for each in dict.fromkeys(found) if each.isascii() and each.isalpha()]


def entry(title: str, title_en: str, others: str) -> str:
    """Give a product's words as PostgreSQL's tsvector: the title's weigh most, pinyin less."""
    weights: dict[str, str] = {}
    for weight, found in (
        ("A", terms(f"{title} {title_en}")),
        ("B", pinyin(title)),
        ("C", terms(others)),
    ):
        for term in found:
            weights.setdefault(term, weight)
    kept = list(weights.items())[:TERMS_MAX]
    return " ".join(f"'{term}':1{weight}" for term, weight in kept)


def wanted(question: str) -> Wanted | None:
    """Give what a question asks for; none when there is no word in it."""
    groups = list(_groups(question))[:GROUPS_MAX]
    if not groups:
        return None
    return Wanted(" & ".join(groups), " | ".join(groups))


def noted(question: str) -> str:
    """Give a question as it is counted: its runs, with one space between."""
    return " ".join(runs(question[:QUESTION_MAX]))


def is_worth_noting(question: str) -> bool:
    """Tell whether a question may be kept: it has words, and no digits that are a person's."""
    digits = sum(each.isdigit() for each in question)
    return len(question) <= QUESTION_MAX and digits < DIGITS_MAX and bool(noted(question))


def _groups(question: str) -> Iterator[str]:
    for run in runs(question[:QUESTION_MAX]):
        said = [_said(run), *(_said(other) for other in alternatives(run))]
        yield f"({' | '.join(dict.fromkeys(said))})"


def _said(run: str) -> str:
    """Give one wording: all pairs of Chinese; a Latin word with whatever it is the beginning of."""
    parts = runs(run)
    return f"({' & '.join(_part(part) for part in parts)})"


def _part(part: str) -> str:
    if _IS_HAN.match(part):
        return " & ".join(f"'{pair}'" for pair in pairs(part))
    if part.isdigit() or len(part) < PREFIX_MIN:
        return f"'{part}'"
    return f"'{word(part)}':*"
