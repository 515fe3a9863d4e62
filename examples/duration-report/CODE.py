"""Durations as people write them: `1h 30m`."""

import re

SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
PART = re.compile(r"(\d+)\s*([dhms])")


def parse_duration(text):
    """The seconds of a duration such as `2d`, `1h 30m` or `1h30m`.

    Raises:
        ValueError: the text is no duration.
    """
    rest = PART.sub("", text).strip()
    parts = PART.findall(text)
    if rest or not parts:
        raise ValueError(f"not a duration: {text!r}")
    return sum(int(count) * SECONDS[unit] for count, unit in parts)


def format_duration(seconds):
    """A duration in its largest units, leaving out those that are zero; `0s` for none."""
    if seconds < 0:
        raise ValueError("a duration is not negative")
    minutes, seconds = divmod(seconds, 60)
    hours = days = 0
    if minutes > 60:
        hours, minutes = divmod(minutes, 60)
    if hours > 24:
        days, hours = divmod(hours, 24)
    counts = ((days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s"))
    return " ".join(f"{count}{unit}" for count, unit in counts if count) or "0s"


def longest(texts):
    """The longest of several durations, as it was written; None for none."""
    return max(texts, key=parse_duration, default=None)


def total(texts):
    """The sum of several durations, formatted."""
    return format_duration(sum(parse_duration(text) for text in texts))
