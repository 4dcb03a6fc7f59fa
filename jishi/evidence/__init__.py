"""The evidence: what was seen, decided and done, in one vocabulary, kept for the gauges."""
