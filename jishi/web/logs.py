"""Logs: one JSON object a line on standard error; in a terminal, lines for people.

A request is logged by its route's template, never by its address, query, cookies or body: a log
must not become a second place where persons are known.
"""

import os
import sys
from collections.abc import MutableMapping

import msgspec
import structlog

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
Told = MutableMapping[str, object]
"""What is told in one line, by name."""

log = structlog.get_logger("jishi.web")


def open_logs() -> None:
    """Begin to log, at the level that JISHI_LOG names."""
    is_terminal = sys.stderr.isatty()
    level = os.environ.get("JISHI_LOG", "warning" if is_terminal else "info")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            places,
            structlog.dev.ConsoleRenderer() if is_terminal else as_json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS.get(level, 20)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr)
        if is_terminal
        else structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def places(_logger: object, _method: str, told: Told) -> Told:
    """Say of an exception its type and where it was, not its words: they may hold persons."""
    if not told.pop("exc_info", None):
        return told
    error = sys.exc_info()[1]
    found, trace = [], error.__traceback__ if error else None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename.rpartition("site-packages/")[2]
        found.append(f"{file}:{trace.tb_lineno}")
        trace = trace.tb_next
    return {**told, "trouble": type(error).__name__, "where": found[-12:]}


def as_json(_logger: object, _method: str, told: Told) -> bytes:
    """Write a line."""
    return msgspec.json.encode(told, enc_hook=repr)
