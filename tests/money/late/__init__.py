"""Tests of what goes back late."""
