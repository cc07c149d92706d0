"""A product's average follows its reviews, however they go."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from catalogue.models import Product
from shop.reviews.models import ProductReview


@receiver(post_delete, sender=ProductReview, dispatch_uid="rating-without-the-review")
def rating_without_the_review(instance: ProductReview, **kwargs: Any) -> None:
    """Oscar does this in `delete()`, which a person's removal and a queryset's pass by."""
    if product := Product.objects.filter(pk=instance.product_id).first():
        product.update_rating()
