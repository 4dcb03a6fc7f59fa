"""Templates: minijinja, in the subset that Jinja2 shares; one environment a language."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import minijinja

from jishi.pages import formats
from jishi.pages.placeholder import placeholder
from jishi.pages.words import LANGUAGES, Words

Global = object
"""A text, or a function, that every template may name."""


class Engine:
    """Renders the templates of some folders. What a template names and nobody gave is an error."""

    def __init__(self, folders: Sequence[Path], given: Mapping[str, Global]) -> None:
        def load(name: str) -> str | None:
            return source(folders, name)

        self.words = {language: Words(language) for language in LANGUAGES}
        self.environments = {
            language: minijinja.Environment(
                loader=load,
                undefined_behavior="strict",
                auto_escape_callback=_escape,
                trim_blocks=True,
                lstrip_blocks=True,
                globals={**known(words), **given},
            )
            for language, words in self.words.items()
        }

    def render(self, language: str, template: str, page: Mapping[str, object]) -> str:
        """Render a template for a reader of this language."""
        return self.environments[language].render_template(template, **page)


def source(folders: Sequence[Path], name: str) -> str | None:
    """Give the text of a template, from the first folder that has it."""
    for folder in folders:
        file = folder / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return None


def known(words: Words) -> dict[str, Global]:
    """Give what every template of a language may call."""
    return {
        "_": words.say,
        "n_": words.count,
        "pick": words.pick,
        "at": words.moment,
        "language": words.language,
        "currency": words.currency,
        "money": formats.money,
        "money_from": words.money_from,
        "price": formats.price,
        "placeholder": placeholder,
    }


def _escape(_name: str) -> str:
    return "html"
