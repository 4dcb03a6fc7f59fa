"""What every page needs: templates, words in two languages, formats, drawn pictures, one style."""

from jishi.pages.engine import Engine
from jishi.pages.style import critical_styles
from jishi.pages.words import ENGLISH, LANGUAGES, choose_language

__all__ = ["ENGLISH", "LANGUAGES", "Engine", "choose_language", "critical_styles"]
