"""The web: the storefront, and what surrounds every answer. With pages alone in knowing HTTP."""

from jishi.web.app import create, housed, pages

__all__ = ["create", "housed", "pages"]
