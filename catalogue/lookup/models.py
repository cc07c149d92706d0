"""What can be found, the words it is found by, and what was looked for.

The database's full-text part of `Entry` is not Django's: see `catalogue.lookup.schema`.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.lookup.folding import folded_words

#: Letters kept of each searched column; more says nothing new about a product or a page.
MOST_TITLE, MOST_PLACES, MOST_TEXT = 500, 1000, 20_000


class Kind(models.TextChoices):
    """In the order in which they stand when nothing else tells two hits apart."""

    PRODUCT = "product", _("Sản phẩm")
    BOX = "box", _("Hộp quà")
    PRODUCER = "producer", pgettext_lazy("nhiều nhà", "Nhà sản xuất")
    PLACE = "place", _("Địa danh")
    STORY = "story", _("Câu chuyện")


class Entry(models.Model):
    """One thing that can be found, folded by `catalogue.text.fold`.

    `title`, `places` and `text` are looked in, in this order of weight: its names in every
    language (one a line), its maker and communes old and new, everything else. `name` and `lead`
    are shown where no live card is. Truths that change by the hour (price, stars, stock in words)
    are not kept here.
    """

    source = models.CharField(max_length=20)
    key = models.BigIntegerField()
    #: Code of the one language it is shown in; empty: in every language.
    language = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=255)
    name_en = models.CharField(max_length=255, blank=True)
    lead = models.CharField(max_length=400, blank=True)
    lead_en = models.CharField(max_length=400, blank=True)
    #: Name of a URL with one `slug`; empty: `address` is the path itself.
    route = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=500)
    title = models.CharField(max_length=MOST_TITLE, db_index=True)
    places = models.CharField(max_length=MOST_PLACES, blank=True)
    text = models.TextField(blank=True)
    is_alcohol = models.BooleanField(default=False)
    is_available = models.BooleanField(default=True)
    #: How often it was bought; decides between equals.
    popularity = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Mục tìm kiếm")
        verbose_name_plural = _("Mục tìm kiếm")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "language"], name="lookup_entry_once_per_language"
            )
        ]
        indexes = [
            # The best first, and the rarer kinds by themselves.
            models.Index(fields=["-is_available", "-popularity", "id"], name="lookup_entry_best"),
            models.Index(fields=["kind"], name="lookup_entry_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(
        cls,
        *,
        names: list[str],
        places: list[str],
        text: list[str],
        **facts: Any,
    ) -> "Entry":
        """An entry not yet written; `names`, `places` and `text` as people wrote them."""
        lines = dict.fromkeys(folded_words(each) for each in names)
        for field, most in (("name", 255), ("name_en", 255), ("lead", 400), ("lead_en", 400)):
            facts[field] = clipped(facts.get(field) or "", most)
        return cls(
            title="\n".join(line for line in lines if line)[:MOST_TITLE],
            places=folded_words(" ".join(places))[:MOST_PLACES],
            text=folded_words(" ".join(text))[:MOST_TEXT],
            **facts,
        )


def clipped(text: str, most: int) -> str:
    """`text` of at most `most` letters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"


class Word(models.Model):
    """A word that some entry holds: what a slip of the finger is measured against."""

    word = models.CharField(max_length=40, primary_key=True)
    uses = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("Từ đã biết")
        verbose_name_plural = _("Từ đã biết")

    def __str__(self) -> str:
        return self.word


class Edition(models.Model):
    """A stamp that is another one after every change: `catalogue.lookup.editions`."""

    class Part(models.TextChoices):
        ENTRIES = "entries"
        WORDS = "words"

    part = models.CharField(max_length=10, choices=Part.choices, primary_key=True)
    stamp = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.part} {self.stamp}"


class SearchCount(models.Model):
    """How often something was looked for on one day, and how often nothing was found.

    No visitor, no address, no time of day: it cannot tell who asked.
    """

    day = models.DateField(_("Ngày"))
    words = models.CharField(_("Từ tìm"), max_length=100)
    searches = models.PositiveIntegerField(_("Lượt tìm"), default=0)
    zero = models.PositiveIntegerField(_("Lượt không thấy gì"), default=0)

    class Meta:
        verbose_name = _("Lượt tìm")
        verbose_name_plural = _("Lượt tìm")
        constraints = [
            models.UniqueConstraint(fields=["day", "words"], name="lookup_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.words}"
