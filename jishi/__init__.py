"""Jishi 集市: an open social-commerce market for WeChat."""
