"""Finding by words: without marks, by beginnings of words, with a slip of the finger."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, islice, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from catalogue.lookup.entries import Entry, words_of

#: A slip is looked for where the word, typed or meant, has this many letters or more.
LEAST_CORRECTED = 4
#: Letters that may be missing, wrong, too many or swapped.
MOST_SLIPS = 1
#: Words beyond this many are not looked at.
MOST_WORDS = 8
#: Corrections tried together.
MOST_COMBINATIONS = 50
#: Weight of a word found in the title, among maker and places, in the text.
WEIGHTS = (9, 4, 1)


@dataclass(frozen=True)
class Found:
    """Hits, best first. `corrected` is the query that found them, when it is not the visitor's."""

    hits: list[Entry] = field(default_factory=list)
    corrected: str = ""


def search(entries: Iterable[Entry], query: str) -> Found:
    """Entries in which every word of `query` begins a word; else those of a likely correction."""
    entries = list(entries)
    wanted = words_of(query)[:MOST_WORDS]
    if not wanted:
        return Found()
    if hits := _matching(entries, wanted):
        return Found(hits)
    likely = _corrected(entries, wanted)
    if likely != wanted and (hits := _matching(entries, likely)):
        return Found(hits, " ".join(likely))
    return Found()


def _matching(entries: list[Entry], wanted: list[str]) -> list[Entry]:
    scored = [(score, entry) for entry in entries if (score := _score(entry, wanted))]
    scored.sort(key=lambda pair: (-pair[0], len(pair[1].title), pair[1].title))
    return [entry for _score_, entry in scored]


def _score(entry: Entry, wanted: list[str]) -> int:
    """0 when a word is missing; more for titles, whole words and words side by side."""
    total = 0
    for word in wanted:
        best = 0
        for weight, words in zip(WEIGHTS, entry.words, strict=True):
            if word in words:
                best = max(best, 2 * weight)
            elif any(each.startswith(word) for each in words):
                best = max(best, weight)
        if not best:
            return 0
        total += best
    if " ".join(wanted) in " ".join(entry.words[0]):
        total += WEIGHTS[0] * len(wanted)
    return total


def _corrected(entries: list[Entry], wanted: list[str]) -> list[str]:
    """The likeliest words that find something; the same words when there are none."""
    vocabulary = set(chain.from_iterable(chain.from_iterable(e.words) for e in entries))
    choices = [_likely(word, vocabulary) for word in wanted]
    best, best_score = wanted, 0
    for words in islice(product(*choices), MOST_COMBINATIONS):
        score = max((_score(entry, list(words)) for entry in entries), default=0)
        if score > best_score:
            best, best_score = list(words), score
    return best


def _likely(word: str, vocabulary: set[str]) -> list[str]:
    """The word itself where it is known, else known words one slip away."""
    if any(each.startswith(word) for each in vocabulary):
        return [word]
    known = [each for each in vocabulary if max(len(word), len(each)) >= LEAST_CORRECTED]
    near = extract(word, sorted(known), scorer=OSA.distance, score_cutoff=MOST_SLIPS, limit=5)
    return [match for match, _distance, _index in near] or [word]
