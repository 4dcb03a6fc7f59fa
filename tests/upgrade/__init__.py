"""Markets as older releases left them: each is brought to today's tables, and traded on.

A file is a plain dump (`pg_dump --inserts --no-owner`, without psql's own commands) of a small
market, named by the last migration it knows. Each release adds one.
"""
