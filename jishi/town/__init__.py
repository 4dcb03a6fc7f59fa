"""A town that does not exist: people, ties, habits and fatigue, to rehearse a policy on."""

from jishi.town import simulations

__all__ = ["simulations"]
