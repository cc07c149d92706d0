"""What networks show of a producer's page."""

from django.utils.translation import gettext as _

from catalogue.share_cards.facts import ShareFacts, register
from shop.partner.models import Partner

PRODUCERS = "nha-san-xuat"


def share_facts(producer: Partner) -> ShareFacts:
    """Reads the producer's place and picture."""
    return ShareFacts(
        title=producer.display_name,
        place=producer.present_address,
        note=_("Dữ liệu mẫu") if producer.is_sample else "",
        picture_id=producer.picture_id,
        picture=producer.picture,
    )


def shared_producer(pk: int) -> ShareFacts | None:
    """For the share card; None for a producer without a page."""
    producer = Partner.objects.public().for_pages().filter(pk=pk).first()
    return share_facts(producer) if producer else None


def connect() -> None:
    register(PRODUCERS, shared_producer)
