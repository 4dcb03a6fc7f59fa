"""Each file has a database of its own: some verify every promise over all of it."""

from tests.own_database import database_url, own_database, owner_url

__all__ = ["database_url", "own_database", "owner_url"]
