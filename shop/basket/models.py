"""The basket: Oscar's, loaded whole in a fixed number of queries and counted in whole đồng."""

from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine
from oscar.core.loading import get_model

from catalogue.among import keys_value
from catalogue.boxes.contents import Contents, contents_of, load_contents, load_designs
from catalogue.models import BoxDesign
from catalogue.money import to_dong
from catalogue.pictures.specs import CARD_SPECS, THUMB_SPEC
from catalogue.prefetched import hang
from catalogue.written import Asked, Written


class Basket(AbstractBasket):
    """A visitor's basket; `sends_to_several` where it has recipients (`shop.giving`)."""

    sends_to_several = models.BooleanField(_("Gửi nhiều nơi"), default=False)

    _lines: Any
    #: Oscar asks the lines.
    currency = "VND"

    def all_lines(self) -> QuerySet["Line"]:
        """The lines with all that price, stock, parcel and picture ask of them."""
        if self.pk is None:
            return Line.objects.none()
        if self._lines is None:
            self._lines = _lines_of(self)
            for line in self._lines:
                # One basket with one strategy and its discounts, not a copy for each line.
                line.basket = self
                line.stockrecord.product = line.product
                if line.design is not None:
                    line.design.box = line.product
            load_contents(line.product for line in self._lines)
            load_designs((line.product, line.design) for line in self._lines if line.design)
            for line in self._lines:
                if line.is_unpromotable or line.agreed_price is not None:
                    # A variant saved before its parent's strength was known may still say yes;
                    # what was agreed in a quote has its discount in it.
                    line.product.is_discountable = False
        return self._lines

    def add_design(self, design: BoxDesign, quantity: int = 1, **facts: Any) -> "Line":
        """Put so many of a box that a buyer filled into the basket; the same one again adds up.

        `facts` are columns of a new line.
        """
        if self.pk is None:
            self.save()
        contents = contents_of(design.box, design)
        price = contents.price
        if contents.record is None or price is None:
            raise ValueError(f"design {design.token} has no price")
        line, created = self.lines.get_or_create(
            line_reference=f"{design.box_id}_{contents.record.pk}_{design.pk}",
            product=design.box,
            stockrecord=contents.record,
            defaults={
                "design": design,
                "quantity": quantity,
                "price_excl_tax": price,
                "price_incl_tax": price,
                "price_currency": "VND",
                **facts,
            },
        )
        if not created:
            line.quantity += quantity
            line.save(update_fields=["quantity", "date_updated"])
        self.reset_offer_applications()
        return line

    def add_to_line(self, pk: int | None, quantity: int) -> bool:
        """Add to a line of this basket, in the database: two clicks at once both count.

        False where it is gone, or was none.
        """
        if pk is None:
            return False
        more = {"quantity": F("quantity") + quantity, "date_updated": timezone.now()}
        self.reset_offer_applications()
        return bool(self.lines.filter(pk=pk).update(**more))

    @property
    def num_lines(self) -> int:
        return len(self.all_lines())

    @property
    def is_empty(self) -> bool:
        return self.pk is None or self.num_lines == 0

    @property
    def total_incl_tax(self) -> Decimal:
        return to_dong(super().total_incl_tax)


class Line(AbstractLine):
    """So many of one product. Of a gift box: as its maker filled it, or as `design` says.

    `agreed_price` is what one costs by an accepted quote, đồng. The page and campaign that it was
    added from are counted for promoters; they name nobody.
    """

    design = models.ForeignKey(
        "catalogue.BoxDesign",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Hộp tự xếp"),
    )
    agreed_price = models.DecimalField(
        _("Giá đã thỏa thuận, đồng"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    from_page = models.PositiveBigIntegerField(_("Thêm từ trang"), null=True, blank=True)
    from_campaign = models.SlugField(_("Thêm từ chiến dịch"), max_length=60, blank=True)

    @property
    def contents(self) -> Contents | None:
        """What is in a gift box; None for anything else."""
        return contents_of(self.product, self.design) if self.product.is_gift_box else None

    @property
    def is_chilled(self) -> bool:
        """It must be kept cold on its way, or something in its box must."""
        contents = self.contents
        return contents.is_chilled if contents is not None else self.product.is_chilled

    @property
    def url(self) -> str:
        """The page of what the line holds: a box that somebody filled has its own."""
        page = self.product if self.design is None else self.design
        return str(page.get_absolute_url())

    @property
    def is_alcohol(self) -> bool:
        """The product, or something in the box that a buyer filled."""
        contents = self.contents
        return self.product.is_alcohol if contents is None else contents.is_alcohol

    @property
    def is_unpromotable(self) -> bool:
        """As the product's, and of a filled box as its strongest thing's."""
        contents = self.contents
        return self.product.is_unpromotable if contents is None else contents.is_unpromotable

    def discount(
        self,
        discount_value: Decimal,
        affected_quantity: int,
        incl_tax: bool = True,
        offer: Any = None,
    ) -> None:
        """Whole đồng: a percentage of a price leaves fractions that nobody can pay."""
        super().discount(to_dong(discount_value), affected_quantity, incl_tax, offer)

    @property
    def is_buyable(self) -> bool:
        """As many as the line holds can be bought now."""
        return self.trouble == ""

    @property
    def trouble(self) -> str:
        """Why the line cannot be bought as it is, in words for the buyer; empty when it can."""
        allowed, reason = self.purchase_info.availability.is_purchase_permitted(self.quantity)
        return "" if allowed else str(reason)

    @property
    def net_note(self) -> str:
        """Net quantity, where the name of the product does not say it already.

        Not of gift boxes, which may be filled otherwise: what is in one is told instead.
        """
        if self.contents is not None:
            return ""
        net = self.product.net_text
        said = self.product.display_title.replace("\u00a0", " ")
        return "" if net.replace("\u00a0", " ") in said else net

    @property
    def left(self) -> int | None:
        """How many can be bought; None where stock is not counted or the product is gone."""
        return getattr(self.purchase_info.availability, "num_available", None)

    def get_price_breakdown(self) -> list[tuple[Decimal, Decimal, int]]:
        """(unit price, the same, how many) after discounts, each in whole đồng.

        A discount that does not divide is a đồng more on some of the pieces.
        """
        price = self.unit_price_incl_tax
        total = int(self.line_price_incl_tax_incl_discounts)
        each, dearer = divmod(total, self.quantity)
        if each == price:
            return [(price, price, self.quantity)]
        parts = [(Decimal(each + 1), dearer), (Decimal(each), self.quantity - dearer)]
        return [(amount, amount, count) for amount, count in parts if count]


def _lines_of(basket: Basket) -> QuerySet[Line]:
    """Read, with the goods and their pictures."""
    lines = basket.lines.all()
    found = _LINES.rows(basket=basket.pk)
    lines._result_cache = found
    products = [line.product for line in found]
    if any(product.is_child for product in products):
        # By itself, and not asked for where nothing is a variant: it is as wide as the product.
        prefetch_related_objects(products, Prefetch("parent", _parents()))
        products += [product.parent for product in products if product.is_child]
    _give_pictures(products)
    return lines


def _give_pictures(products: list[Any]) -> None:
    """Two queries, or one where there are none."""
    vendor = connection.vendor
    images = _IMAGES.rows(products=keys_value({each.pk for each in products}, vendor))
    originals = [image.original for image in images]
    keys = keys_value({each.pk for each in originals}, vendor)
    hang(originals, "renditions", _RENDITIONS.rows(images=keys) if originals else (), "image_id")
    hang(products, "images", images, "product_id")


def _parents() -> QuerySet[Any]:
    return get_model("catalogue", "Product").objects.select_related("product_class")


# Each is asked at every step to the till.
_LINES = Written(
    lambda: (
        Line.objects.filter(basket=Asked("basket", Basket._meta.pk))
        .select_related("product__product_class", "stockrecord__partner__ward__province", "design")
        .order_by("pk")
    )
)
_IMAGES = Written(
    lambda: (
        get_model("catalogue", "ProductImage")
        .objects.filter(product__among=Asked("products"))
        .select_related("original")
    )
)
_RENDITIONS = Written(
    lambda: get_model("pictures", "Rendition").objects.filter(
        image__among=Asked("images"), filter_spec__in=[THUMB_SPEC, CARD_SPECS[0]]
    )
)


from oscar.apps.basket.models import *  # noqa: E402, F403
