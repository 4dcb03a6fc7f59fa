"""Stores at the desk: where each is, when it is open; new ones."""

from jishi.web.console.stores.pages import new_store, open_store, save, store, stores

STORES = (stores, new_store, open_store, store, save)

__all__ = ["STORES"]
