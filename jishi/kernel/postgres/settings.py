"""Settings: what a market's own server is told, by the memory that it may use."""

from pathlib import Path

import psutil

SHARED_BYTES_MAX = 2 * 1024**3
CGROUP = Path("/sys/fs/cgroup/memory.max")


def defaults() -> dict[str, str]:
    """Give the settings that a start may override."""
    return {
        "shared_buffers": f"{min(memory_bytes() // 4, SHARED_BYTES_MAX) // 1024}kB",
        "wal_level": "replica",
        # Bounds how long a recovery takes.
        "max_wal_size": "1GB",
        "checkpoint_timeout": "5min",
        "max_connections": "100",
        "log_lock_waits": "on",
        "log_startup_progress_interval": "2s",
        "idle_in_transaction_session_timeout": "60s",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }


def memory_bytes() -> int:
    """Give the memory that this machine, or its container, lets us use."""
    try:
        allowed = CGROUP.read_text().strip()
    except OSError:
        allowed = "max"
    total: int = psutil.virtual_memory().total
    return min(int(allowed), total) if allowed.isdigit() else total
