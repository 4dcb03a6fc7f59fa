"""Each machine has a database of its own: at its end every promise is verified over all of it."""

from tests.own_database import database_url, own_database, owner_url

__all__ = ["database_url", "own_database", "owner_url"]
