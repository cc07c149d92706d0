"""Products as entries: with maker, communes old and new, groups and variants."""

from typing import Any

from django.apps import apps

from catalogue.boxes.contents import contents_of
from catalogue.lookup.models import Entry, Kind
from catalogue.lookup.sources import Source
from catalogue.models import Product


def findable_products() -> Any:
    """Listed products with all that an entry says of them."""
    return (
        Product.objects.listed()
        .select_related(
            "producer__ward__province",
            "producer__former_commune",
            "origin__province",
            "former_origin",
            "product_class",
            "stats",
        )
        .prefetch_related(
            "categories", "stockrecords", "children__stockrecords", "origin__former_communes"
        )
    )


def product_entry(product: Any) -> Entry:
    return Entry.of(
        source=PRODUCTS.code,
        key=product.pk,
        kind=Kind.BOX if product.is_gift_box else Kind.PRODUCT,
        name=product.title,
        name_en=product.title_en if product.english_ready else "",
        route="catalogue:detail",
        address=product.slug,
        names=[product.title, product.title_en],
        places=_places(product),
        text=_texts(product),
        is_alcohol=product.is_alcohol,
        is_available=_is_available(product),
        popularity=product.stats.num_purchases if hasattr(product, "stats") else 0,
    )


def _places(product: Any) -> list[str]:
    """Its maker, where it is made today, and what that place was called before 7/2025."""
    maker, origin, former = product.producer, product.origin, product.former_origin
    said = [maker.name, maker.name_en, maker.hamlet] if maker else []
    if origin:
        said += [origin.full_name, origin.province.full_name]
    if former:
        said += [former.name, former.former_district, former.former_province]
    return said


def _texts(product: Any) -> list[str]:
    said = [product.summary, product.summary_en]
    said += [f"{each.name} {each.name_en}" for each in product.categories.all()]
    said += [f"{each.title} {each.title_en}" for each in product.children.all() if each.live]
    said += [product.ingredients, product.ingredients_en]
    if product.origin and not product.former_origin:
        # Nobody said which of the merged communes: each of their names may be the one in mind.
        said += [each.name for each in product.origin.former_communes.all()]
    return said


def _is_available(product: Any) -> bool:
    """As `ProductQuerySet.with_availability`, from what was read already: the annotation looks
    through the stock of the whole shop, which is too much for a batch."""
    if product.is_gift_box:
        left = contents_of(product).left
        return left is None or left > 0
    sold = [product, *(child for child in product.children.all() if child.live)]
    return any(stock.net_stock_level > 0 for each in sold for stock in each.stockrecords.all())


PRODUCTS = Source("product", findable_products, product_entry)


def keys_of(**condition: Any) -> list[int]:
    """Keys of products, variants left out, that match `condition`."""
    model = apps.get_model("catalogue", "Product")
    found = model.objects.filter(parent__isnull=True, **condition)
    return list(found.values_list("pk", flat=True))
