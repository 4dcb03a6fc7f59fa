"""Every limit of the kernel in one place, each with its reason."""

BATCH_MAX = 512
"""Requests in one transaction: beyond this a batch only makes everybody wait longer."""

WAITING_MAX = 4_096
"""Requests waiting at one till; the next one is refused `busy` rather than kept for seconds."""

CONNECTIONS_MAX = 8
"""Connections a process: four a core; more of them only queue inside PostgreSQL."""

STATEMENTS_CACHED_MAX = 512
"""Prepared statements kept on each connection."""

CONTENDED_TRIES_MAX = 5
"""Tries of a batch that met a deadlock, a serialization failure or a lock timeout."""

ASK_SECONDS_MAX = 25.0
"""How long a request waits for a lost database before it is refused `busy`."""

RETRY_SECONDS_MIN = 0.02
RETRY_SECONDS_MAX = 1.0
"""The pause between two tries doubles between these, with jitter."""

TODOS_MAX = 256
"""Todos claimed at once by one worker."""

TODO_LEASE_SECONDS = 60
"""How long a claimed todo belongs to its worker; one that dies gives it back by then."""

INLINE_LEASE_SECONDS = 10
"""How long a todo waits for the page that promised to run it inline."""

TODO_TRIES_MAX = 12
"""Tries before a todo is dead-lettered: with the back-off below, about two hours."""

TODO_BACKOFF_SECONDS_MAX = 900
"""The longest pause between two tries of a todo."""

POLL_SECONDS = 1.0
"""How often a worker looks for todos and scheduled work nobody told it of."""

DRAIN_SECONDS_MAX = 20.0
"""How long a closing market waits for its tills."""

CONNECT_SECONDS_MAX = 5.0
ACQUIRE_SECONDS_MAX = 10.0
COMMAND_SECONDS_MAX = 20.0
"""A connection that says nothing for longer than the server may take is dead, whatever it says."""

SETTINGS = {
    "application_name": "jishi",
    "default_transaction_isolation": "read committed",
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "10s",
    "transaction_timeout": "30s",
    "timezone": "UTC",
    "jit": "off",
}
"""Sent when a connection opens, never afterwards, so that no connection carries a mood."""
