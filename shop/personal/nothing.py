"""Tables that look as if they could hold something of a buyer, and do not. Label → why.

A name or an email of somebody who works here or supplies the shop stands under a contract with
them: it is looked after there, and is no buyer's.
"""

_STAFF = "names who of the staff, the producers or the editors did it; no buyer's data"
_GOODS = "goods, not people"
_MAKER = "a producer's business, under its contract with the shop"
_EDITOR = "editors' work on pages"

NOTHING: dict[str, str] = {
    "catalogue.GiftBox": _STAFF,
    "catalogue.Product": _EDITOR,
    "cms.*": _EDITOR,
    "exports.ExportJob": "a sheet for one of the staff, with its file gone after seven days",
    "offer.RangeProductFileUpload": _STAFF,
    "partner.Partner": _MAKER,
    "partner.PriceChange": _STAFF,
    "partner.StockChange": _STAFF,
    "pictures.Picture": _EDITOR,
    "producers.CertificateProposal": _STAFF,
    "producers.ImportRun": _STAFF,
    "producers.PayoutAccount": _MAKER,
    "promotion.Campaign": _STAFF,
    "promotion.PromoCode": _STAFF,
    "settlements.Entry": _MAKER,
    "settlements.Payout": _MAKER,
    "shop.SellerIdentity": "the shop itself",
    "communication.CommunicationEventType": "templates of letters",
    "wagtailadmin.*": _EDITOR,
    "wagtailcore.*": _EDITOR,
    "wagtaildocs.Document": _EDITOR,
    "wagtailimages.Image": _EDITOR,
}


def says_nothing(label: str) -> bool:
    """Whether somebody looked at the table and found nothing of a buyer in it."""
    return label in NOTHING or f"{label.partition('.')[0]}.*" in NOTHING
