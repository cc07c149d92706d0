"""How many requests of this process were answered how, since it started: for the metrics."""

from collections import Counter

from shop.observability.metrics import count_page_cache

#: `hits` from memory, `shared` from the cache of all processes, `old` shown while it was drawn
#: anew, `misses` drawn and kept, `private` drawn and not kept, `bypassed` never looked up.
_counts: Counter[str] = Counter()
NAMES = ("hits", "shared", "old", "misses", "private", "bypassed")


def count(name: str) -> None:
    # Not under a lock: two threads may lose a count between them, and no answer waits.
    _counts[name] += 1
    count_page_cache(name)


def figures() -> dict[str, int]:
    """Counters by name; `pages` and `bytes` are what is kept in memory now."""
    from shop.pagecache.keeping import memory

    return {**{name: _counts[name] for name in NAMES}, **memory.facts}
