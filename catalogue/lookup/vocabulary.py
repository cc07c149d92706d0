"""The words of all entries, in memory: which are known, and which are one slip away."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from catalogue.lookup.editions import kept_while, words_changed
from catalogue.lookup.models import Edition, Word

#: A slip is looked for where the word, typed or meant, has this many letters or more.
LEAST_CORRECTED = 4
#: In a word as short as this only two letters swapped are one: any other letter is another word.
LEAST_SWAPPED = 3
#: Letters that may be missing, wrong, too many or swapped.
MOST_SLIPS = 1
#: Words meant that are tried for one typed.
MOST_NEAR = 6
#: The commonest words are kept; a shop of 100,000 things has some 10,000.
MOST_KEPT = 60_000
#: Words run together: the shortest part, and how many parts.
LEAST_PART, MOST_PARTS = 2, 5


class Vocabulary:
    """Folded words with how often they are used."""

    def __init__(self, uses: dict[str, int]) -> None:
        self.uses = uses
        self._sorted = sorted(uses)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._sorted:
            self._by_length[len(word)].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self.uses

    def begins(self, beginning: str) -> bool:
        """Some word begins so."""
        place = bisect_left(self._sorted, beginning)
        return place < len(self._sorted) and self._sorted[place].startswith(beginning)

    def near(self, word: str) -> list[str]:
        """Words one slip away, the commonest first."""
        found = []
        if LEAST_SWAPPED <= len(word) < LEAST_CORRECTED:
            found = [each for each in _swapped(word) if each in self.uses]
        for length in (len(word) - 1, len(word), len(word) + 1):
            if max(length, len(word)) < LEAST_CORRECTED:
                continue
            matches = extract(
                word,
                self._by_length.get(length, []),
                scorer=OSA.distance,
                score_cutoff=MOST_SLIPS,
                limit=None,
            )
            found += [match for match, distance, _index in matches if distance]
        found.sort(key=lambda each: (-self.uses[each], each))
        return found[:MOST_NEAR]

    def parts(self, word: str) -> tuple[str, ...]:
        """`khoailang` as `khoai`, `lang`: the fewest known words, the commonest; else nothing."""

        @lru_cache(None)
        def best(start: int, left: int) -> tuple[int, int, tuple[str, ...]] | None:
            if start == len(word):
                return 0, 0, ()
            choices = []
            for end in range(start + LEAST_PART, len(word) + 1) if left else ():
                part = word[start:end]
                rest = best(end, left - 1) if part in self.uses else None
                if rest is not None:
                    least = min(-rest[1], self.uses[part]) if rest[2] else self.uses[part]
                    choices.append((rest[0] + 1, -least, (part, *rest[2])))
            return min(choices, default=None)

        found = best(0, MOST_PARTS)
        return found[2] if found and found[0] > 1 else ()


def _swapped(word: str) -> set[str]:
    """The word with two neighbouring letters the other way round."""
    pairs = range(len(word) - 1)
    return {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in pairs} - {word}


@kept_while(Edition.Part.WORDS, most=1)
def vocabulary() -> Vocabulary:
    """The words of now. They are read again when there are others."""
    words = Word.objects.order_by("-uses", "word").values_list("word", "uses")[:MOST_KEPT]
    return Vocabulary(dict(words))


def counts_as_word(word: str) -> bool:
    """Single letters and numbers are found, but nobody is corrected to them."""
    return len(word) > 1 and not word.isdigit()


def learn(words: Iterable[str]) -> None:
    """Add words that are not known yet; in one order, so that two who do wait for each other."""
    new = {word for word in words if counts_as_word(word)}
    new -= set(Word.objects.filter(word__in=new).values_list("word", flat=True))
    if new:
        Word.objects.bulk_create([Word(word=each) for each in sorted(new)], ignore_conflicts=True)
        words_changed()
