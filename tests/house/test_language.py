"""Every word that a reader sees has its two languages."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.house.checks import language, translations
from tests.house.checks.tree import ROOT, hold

CHECKS = (
    language.untranslated_templates,
    language.untranslated_code,
    translations.untranslated,
    translations.speechless,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.__name__))
def test_every_reader_is_spoken_to(check: Callable[[Path], Iterable[str]]) -> None:
    hold(check(ROOT))
