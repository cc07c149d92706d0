"""What is sold: Oscar's catalogue with OCOP's facts. Ours first, Oscar's where we add nothing."""

from typing import TYPE_CHECKING, Any

from catalogue.models.box import BoxChoice, BoxDesign, BoxItem, DesignItem, GiftBox
from catalogue.models.category import Category
from catalogue.models.certificate import Certificate
from catalogue.models.image import ProductImage
from catalogue.models.lot import Lot, LotPaper
from catalogue.models.product import Product

from oscar.apps.catalogue.models import *  # noqa: F403  isort: skip

if TYPE_CHECKING:  # Oscar's own, which carry no types
    ProductCategory: Any
    ProductClass: Any

__all__ = [
    "BoxChoice",
    "BoxDesign",
    "BoxItem",
    "Category",
    "Certificate",
    "DesignItem",
    "GiftBox",
    "Lot",
    "LotPaper",
    "Product",
    "ProductImage",
]
