"""A database for each file alone: what is rolled over is all of its own making."""

from tests.own_database import database_url, own_database, owner_url

__all__ = ["database_url", "own_database", "owner_url"]
