"""Producers, the nine products with their variants and papers, the gift boxes, sample lots."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalogue.classes import GIFT_BOX, OCOP, product_class
from catalogue.models import Category, Certificate, GiftBox, Lot, Product, ProductImage
from catalogue.models.label import FreightClass, NetUnit
from catalogue.pictures.models import Picture
from catalogue.publishing import check_publishable
from catalogue.seasons import mask_of
from cms.demo.reading import read
from shop.partner.models import Partner, StockRecord
from shop.places.models import FormerCommune

#: Code of who packs the boxes: the shop itself. Has no page among the producers.
PACKER = "phien-cho-dong-hop"
#: Sample lots: product, code, made on, best before, how many.
SAMPLE_LOTS = (
    ("tra-hoa-vang", "MAU-THV-2611", date(2026, 11, 2), date(2027, 11, 2), 50),
    ("long-nhan-luc-son", "MAU-LN-2609", date(2026, 9, 18), date(2027, 9, 18), 80),
)
LABEL_TEXTS = ("ingredients", "storage", "usage", "warnings")


def load_producers(advance: Callable[[], None]) -> None:
    for row in read("producers")["producers"]:
        Partner.objects.update_or_create(
            code=row["slug"],
            defaults={
                "slug": row["slug"],
                "name": row["name"],
                "name_en": row["name_en"],
                "kind": row["kind"],
                "intro": row["intro"],
                "intro_en": row["intro_en"],
                "hamlet": row["hamlet"],
                "ward_id": row["ward_code"] or None,
                "former_commune": _former_commune(row),
                "source": row["source"],
                "is_sample": False,
            },
        )
        advance()


def load_products(pictures: dict[str, Picture], advance: Callable[[], None]) -> None:
    for row in read("products")["products"]:
        product = _load_product(row)
        _show(product, pictures, f"products/{row['slug']}")
        product.categories.set([Category.objects.get(number=row["group"])])
        _load_certificates(product, row.get("certificates", []))
        check_publishable(product)
        advance()
    for slug, code, produced_on, best_before, quantity in SAMPLE_LOTS:
        Lot.objects.update_or_create(
            code=code,
            defaults={
                "product": Product.objects.get(slug=slug),
                "produced_on": produced_on,
                "best_before": best_before,
                "quantity": quantity,
                "is_sample": True,
            },
        )


def count_of_boxes() -> int:
    return len(read("boxes")["boxes"]) + len(read("boxes")["builders"])


def load_boxes(pictures: dict[str, Picture], advance: Callable[[], None]) -> None:
    """Packed by the shop, in no group of the programme."""
    packer, _made = Partner.objects.update_or_create(
        code=PACKER,
        defaults={
            "name": read("pages")["seller"]["name"],
            "name_en": read("pages")["seller"]["name_en"],
            "slug": PACKER,
            "is_public": False,
            "is_sample": True,
        },
    )
    file = read("boxes")
    for row in [*file["boxes"], *file["builders"]]:
        product = _load_box(row, packer)
        _show(product, pictures, f"boxes/{row['slug']}")
        if "contents" in row:
            check_publishable(product)
        advance()


def _load_box(row: dict[str, Any], packer: Partner) -> Product:
    """One box: a product, what is in it, what may stand in, and how it is packed."""
    sale = row["sale"]
    product = _keep_product(
        row["slug"],
        kind=GIFT_BOX,
        title=row["title"],
        title_en=row["title_en"],
        summary=row["summary"],
        summary_en=row["summary_en"],
        description=row["description"].strip(),
        description_en=row["description_en"].strip(),
        producer=packer,
        season_mask=mask_of(row.get("season_months", [])),
        gift_ready=True,
        is_sample=sale["is_sample"],
        freight_class=row["rules"]["freight_class"] if "rules" in row else FreightClass.NORMAL,
        shelf_life_days=sale["shelf_life_days"],
        **_size(sale),
    )
    _pack(product, row)
    contents: list[dict[str, Any]] = row.get("contents", [])
    _fill(
        product.box_items,
        [{**each, "is_swappable": each.get("swappable", False)} for each in contents],
    )
    _fill(product.box_choices, row.get("choices", []))
    _stock(product, {**sale, "sku": row["sku"]})
    return product


def _pack(box: Product, row: dict[str, Any]) -> None:
    packing = row["packing"]
    GiftBox.objects.update_or_create(
        product=box,
        defaults={
            "tier": packing["tier"],
            "pricing": packing["pricing"],
            "percent_off": packing["percent_off"],
            "wrapping": packing["wrapping"],
            "wrapping_en": packing["wrapping_en"],
            "wrapping_price": Decimal(packing["wrapping_price"]),
            "wrapping_grams": packing["wrapping_grams"],
            "packing": packing["packed_by"],
            "lead_days": packing["lead_days"],
            "min_days_left": packing["min_days_left"],
            "slots": row.get("slots", 0),
        },
    )


def _fill(held: Any, rows: list[dict[str, Any]]) -> None:
    """What a box holds or offers, and nothing else: an older demo may have filled it otherwise."""
    records = {
        record.partner_sku: record
        for record in StockRecord.objects.select_related("product").filter(
            partner_sku__in=[row["sku"] for row in rows]
        )
    }
    for extra in held.exclude(product__in=[record.product for record in records.values()]):
        extra.delete()
    for order, row in enumerate(rows):
        facts: dict[str, Any] = {"display_order": order}
        facts |= {name: row[name] for name in ("quantity", "is_swappable") if name in row}
        held.update_or_create(product=records[row["sku"]].product, defaults=facts)


def _former_commune(row: dict[str, Any]) -> FormerCommune | None:
    if not row.get("former_commune"):
        return None
    return FormerCommune.objects.of_district(row["former_district"], row["former_province"]).get(
        name=row["former_commune"]
    )


def _load_product(row: dict[str, Any]) -> Product:
    label, variants, origin = row["label"], row["variants"], row["origin"]
    facts = {name: label.get(name, "") for text in LABEL_TEXTS for name in (text, f"{text}_en")}
    common: dict[str, Any] = dict(
        title=row["title"],
        title_en=row["title_en"],
        summary=row["summary"],
        summary_en=row["summary_en"],
        description=_description(row, "vi"),
        description_en=_description(row, "en"),
        producer=Partner.objects.get(code=row["producer"]),
        origin_id=origin["ward_code"] or None,
        former_origin=_former_commune(origin),
        season_mask=mask_of(row["season_months"]),
        gift_ready=row["gift_ready"],
        is_sample=label["is_sample"] or any(each["is_sample"] for each in variants),
        freight_class=row["freight_class"],
        shelf_life_days=label.get("shelf_life_days"),
        declaration_number=label.get("declaration_number", ""),
        licence_number=label.get("licence_number", ""),
        abv=Decimal(str(label["abv"])) if label.get("abv") else None,
        **facts,
    )
    if len(variants) == 1:
        product = _keep_product(row["slug"], **common, **_size(variants[0]))
        _stock(product, variants[0], can_sell=row["can_sell"])
        return product
    product = _keep_product(row["slug"], structure=Product.PARENT, **common)
    for variant in variants:
        child = _keep_product(
            f"{row['slug']}-{variant['sku'].lower()}",
            structure=Product.CHILD,
            parent=product,
            title=variant["title"],
            title_en=variant["title_en"],
            producer=product.producer,
            freight_class=row["freight_class"],
            is_sample=variant["is_sample"],
            **_size(variant),
        )
        _stock(child, variant, can_sell=row["can_sell"])
    return product


def _description(row: dict[str, Any], language: str) -> str:
    """The description, opened by why a product is not on sale where it is not."""
    ending = "_en" if language == "en" else ""
    parts = [row.get(f"not_for_sale{ending}", ""), row[f"description{ending}"].strip()]
    return "\n\n".join(part for part in parts if part)


def _keep_product(
    slug: str, structure: str = Product.STANDALONE, kind: str = OCOP, **facts: Any
) -> Product:
    """The product with this slug as the demo has it, live."""
    product = Product.objects.filter(slug=slug).first() or Product(slug=slug)
    product.structure = structure
    if structure != Product.CHILD:
        product.product_class = product_class(kind)
    for name, value in facts.items():
        setattr(product, name, value)
    product.english_ready = True
    product.live = True
    product.first_published_at = product.first_published_at or timezone.now()
    product.last_published_at = product.last_published_at or timezone.now()
    product.save()
    return product


def _size(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "net_quantity": Decimal(row["net_quantity"]) if "net_quantity" in row else None,
        "net_unit": row.get("unit", NetUnit.GRAM),
        "pieces": row.get("pieces") or None,
        "weight_grams": row["weight_grams"],
        "length_cm": row["length_cm"],
        "width_cm": row["width_cm"],
        "height_cm": row["height_cm"],
    }


def _stock(product: Product, row: dict[str, Any], can_sell: bool = True) -> None:
    """Price as the demo has it; the count only at first, since orders change it."""
    price = Decimal(row["price"]) if can_sell else None
    sale_price = Decimal(row["sale_price"]) if can_sell and row.get("sale_price") else None
    record, made = StockRecord.objects.get_or_create(
        partner=product.producer,
        partner_sku=row["sku"],
        defaults={
            "product": product,
            "price": price,
            "sale_price": sale_price,
            "num_in_stock": row["stock"] if can_sell else 0,
        },
    )
    if not made and (record.price, record.sale_price) != (price, sale_price):
        record.price, record.sale_price = price, sale_price
        record.save(update_fields=["price", "sale_price"])


def _show(product: Product, pictures: dict[str, Picture], name: str) -> None:
    """The pictures of a product in its gallery: `name`, then `name-2`, `name-3`."""
    found = [pictures[key] for key in (name, f"{name}-2", f"{name}-3") if key in pictures]
    for order, picture in enumerate(found):
        ProductImage.objects.update_or_create(
            product=product, display_order=order, defaults={"original": picture}
        )


def _load_certificates(product: Product, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        Certificate.objects.update_or_create(
            product=product,
            dossier=row["dossier_type"],
            registered_year=row.get("registered_year"),
            defaults={
                "stars": row.get("stars"),
                "decision_number": row.get("decision_number", ""),
                "issuer": row.get("issuer", ""),
                "legal_basis": row.get("legal_basis", ""),
                "decided_on": row.get("decided_on"),
                "source": row.get("source", ""),
            },
        )
