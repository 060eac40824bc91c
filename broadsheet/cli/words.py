"""Words of the sums that commands print."""


def many(count: int, word: str) -> str:
    """Return a count with its noun: "1 article", "1,200 articles"."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
