"""Tests of who shops are paid by."""
