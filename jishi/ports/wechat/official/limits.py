"""Documented limits are looked at before anything is sent: WeChat's answers to them are vague."""


class OverLimit(ValueError):
    """Something asked is outside a documented limit; nothing was sent."""

    def __init__(self, what: str, size: int, limit: int) -> None:
        super().__init__(f"{what}: {size} is outside the limit of {limit}")
        self.what, self.size, self.limit = what, size, limit


def within(what: str, size: int, most: int, least: int = 0) -> None:
    """Raise OverLimit where a size is more than `most` or less than `least`."""
    if size > most:
        raise OverLimit(what, size, most)
    if size < least:
        raise OverLimit(what, size, least)
