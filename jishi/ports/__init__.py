"""Ports: the outside systems, each one protocol with a live side; no business in any of them."""
