"""What search engines read beside a page, in schema.org's words."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone

from catalogue.gtin import is_valid
from catalogue.product_page import Crumb, ProductPage
from catalogue.reviews_shown import Reviews


def absolute(path: str) -> str:
    """The public address of a path; an address that is whole already stays."""
    return path if path.startswith(("http://", "https://")) else f"{settings.BASE_URL}{path}"


def breadcrumbs_data(crumbs: Iterable[Crumb]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb.name,
                "item": absolute(crumb.url),
            }
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }


def product_data(page: ProductPage, reviews: Reviews) -> dict[str, Any]:
    """Stars appear as a certification, only while they are valid."""
    product = page.product
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.title,
        "url": absolute(page.url),
        "image": [absolute(picture.src) for picture in page.gallery],
        "description": page.meta_description,
        "inLanguage": page.lang,
        "offers": [_offer(page, choice) for choice in page.choices if choice.price],
    }
    if product.producer:
        data["brand"] = {"@type": "Brand", "name": product.producer.display_name}
        data["manufacturer"] = {"@type": "Organization", "name": product.producer.display_name}
        if product.producer.is_public:
            data["manufacturer"]["url"] = absolute(product.producer.get_absolute_url())
    if is_valid(product.gtin):
        data["gtin"] = product.gtin
    if page.certificate and page.certificate.is_valid:
        data["hasCertification"] = _certification(page)
    if reviews.count:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(reviews.average or 0, 2),
            "reviewCount": reviews.count,
            "bestRating": 5,
            "worstRating": 1,
        }
        data["review"] = [_review(review) for review in reviews.newest]
    return told(data)


def told(data: dict[str, Any]) -> dict[str, Any]:
    """What is known: nothing empty, at any depth."""
    kept = {}
    for name, value in data.items():
        if isinstance(value, dict):
            value = told(value)
        elif isinstance(value, list):
            value = [told(each) if isinstance(each, dict) else each for each in value]
        if value not in (None, "", [], {}):
            kept[name] = value
    return kept


def _review(review: Any) -> dict[str, Any]:
    return {
        "@type": "Review",
        "name": review.title,
        "reviewBody": review.body,
        "datePublished": timezone.localdate(review.date_created).isoformat(),
        "author": {"@type": "Person", "name": review.author_name},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": review.score,
            "bestRating": 5,
            "worstRating": 1,
        },
    }


def _offer(page: ProductPage, choice: Any) -> dict[str, Any]:
    stock = "InStock" if choice.stock.is_available else "OutOfStock"
    offer = {
        "@type": "Offer",
        "name": choice.product.display_title,
        "url": absolute(choice.product.get_absolute_url()),
        "price": str(choice.price.amount),
        "priceCurrency": "VND",
        "availability": f"https://schema.org/{stock}",
        "itemCondition": "https://schema.org/NewCondition",
    }
    return offer | ({"sku": choice.sku} if choice.sku else {})


def _certification(page: ProductPage) -> dict[str, Any]:
    certificate = page.product.current_certificate()
    if certificate is None:
        return {}
    return {
        "@type": "Certification",
        "name": f"OCOP {certificate.stars} sao",
        "certificationIdentification": certificate.decision_number,
        "issuedBy": {"@type": "Organization", "name": certificate.issuer},
        "validFrom": certificate.decided_on.isoformat() if certificate.decided_on else None,
        "expires": certificate.ends_on.isoformat() if certificate.ends_on else None,
        "certificationRating": {
            "@type": "Rating",
            "ratingValue": certificate.stars,
            "bestRating": 5,
        },
    }
