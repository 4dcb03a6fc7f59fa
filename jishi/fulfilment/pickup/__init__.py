"""Pickup: what a code is made of, and how often a wrong one may be tried."""
