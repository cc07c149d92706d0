"""What promoters do besides writing: campaigns, codes, gift catalogues, and what came of them."""

from shop.promotion.benefit import CappedAmount, CappedPercentage
from shop.promotion.models.campaign import Campaign
from shop.promotion.models.code import PromoCode
from shop.promotion.models.counts import CampaignDay, PageDay
from shop.promotion.models.lookbook import Lookbook

__all__ = [
    "Campaign",
    "CampaignDay",
    "CappedAmount",
    "CappedPercentage",
    "Lookbook",
    "PageDay",
    "PromoCode",
]
