"""What a person says and decides about himself."""

from jishi.people.privacy import rules, views

__all__ = ["rules", "views"]
