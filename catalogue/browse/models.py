"""What changed of what is listed: how every process hears that its shelf is behind."""

from django.db import models
from django.utils import timezone


class ListingChange(models.Model):
    """Something that listings show changed at `at`; rows live for a day.

    `product_id` is no foreign key: the product may be gone.
    """

    class Kind(models.TextChoices):
        PRODUCT = "product"
        #: Names of groups or producers; no product's own facts.
        NAMES = "names"
        #: More than can be told one by one.
        ALL = "all"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    product_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        app_label = "browse"

    def __str__(self) -> str:
        return f"{self.kind} {self.product_id or ''}".strip()
