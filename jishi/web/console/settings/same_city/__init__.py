"""The terms of same-city delivery at the desk."""

from jishi.web.console.settings.same_city.page import save, terms

SAME_CITY_TERMS = (terms, save)

__all__ = ["SAME_CITY_TERMS"]
