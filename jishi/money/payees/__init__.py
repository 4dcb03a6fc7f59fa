"""Payees: the merchants that shops are paid by, their credentials sealed and kept by version."""
