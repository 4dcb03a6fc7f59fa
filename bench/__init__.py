"""Benchmarks: figures of this machine, in one run, beside the floor and beside peers."""
