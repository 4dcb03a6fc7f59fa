"""Every word that a reader sees has its two languages."""

from tests.house.checks import language
from tests.house.checks.tree import ROOT, hold


def test_every_template_speaks_through_the_catalogue() -> None:
    hold(language.untranslated_templates(ROOT))


def test_every_page_speaks_through_the_catalogue() -> None:
    hold(language.untranslated_code(ROOT))
