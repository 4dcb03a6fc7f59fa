"""Tests of a shop's books."""
