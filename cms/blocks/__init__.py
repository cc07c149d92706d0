"""What pages are put together from."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock

from cms.blocks.boxes import BuilderBlock, GiftBoxBlock, GiftPageBlock
from cms.blocks.goods import CallToActionBlock, GiftItemBlock, ProductCardBlock, ProductRowBlock
from cms.blocks.makers import MakerBlock
from cms.blocks.maps import MapBlock
from cms.blocks.picture import GalleryBlock, PictureBlock
from cms.blocks.proof import CertificateBlock, LotTraceBlock
from cms.blocks.questions import QuestionsBlock
from cms.blocks.recipe import RecipeBlock
from cms.blocks.sections import (
    GiftBandBlock,
    MakerRowBlock,
    PlaceRowBlock,
    PromisesBlock,
    StoryRowBlock,
)
from cms.blocks.tables import RatesBlock, SellerBlock
from cms.blocks.video import VideoBlock
from cms.blocks.words import (
    FactBlock,
    HeadingBlock,
    LeadBlock,
    LegendBlock,
    QuoteBlock,
    SourceBlock,
    TextBlock,
    TimelineBlock,
)


class BodyBlock(StreamBlock):
    """The body of a story, a place, a gift page."""

    lead = LeadBlock(group=_("Lời"))
    heading = HeadingBlock(group=_("Lời"))
    text = TextBlock(group=_("Lời"))
    quote = QuoteBlock(group=_("Lời"))
    legend = LegendBlock(group=_("Lời"))
    fact = FactBlock(group=_("Lời"))
    timeline = TimelineBlock(group=_("Lời"))
    recipe = RecipeBlock(group=_("Lời"))
    questions = QuestionsBlock(group=_("Lời"))
    picture = PictureBlock(group=_("Ảnh"))
    gallery = GalleryBlock(group=_("Ảnh"))
    video = VideoBlock(group=_("Ảnh"))
    map = MapBlock(group=_("Ảnh"))
    product_card = ProductCardBlock(group=_("Hàng"))
    product_row = ProductRowBlock(group=_("Hàng"))
    gift_box = GiftBoxBlock(group=_("Hàng"))
    builder = BuilderBlock(group=_("Hàng"))
    gift_page = GiftPageBlock(group=_("Hàng"))
    certificate = CertificateBlock(group=_("Hàng"))
    maker = MakerBlock(group=_("Hàng"))
    lot_trace = LotTraceBlock(group=_("Hàng"))
    call_to_action = CallToActionBlock(group=_("Hàng"))


class StandardBlock(StreamBlock):
    """The body of about, help and policy pages."""

    heading = HeadingBlock()
    text = TextBlock()
    fact = FactBlock()
    picture = PictureBlock()
    rates = RatesBlock()
    seller = SellerBlock()
    call_to_action = CallToActionBlock()


class HomeBlock(StreamBlock):
    """The rows of the home page."""

    product_row = ProductRowBlock()
    gift_band = GiftBandBlock()
    story_row = StoryRowBlock()
    place_row = PlaceRowBlock()
    maker_row = MakerRowBlock()
    promises = PromisesBlock()


__all__ = [
    "BodyBlock",
    "GiftItemBlock",
    "GiftPageBlock",
    "HomeBlock",
    "MakerBlock",
    "ProductCardBlock",
    "SourceBlock",
    "StandardBlock",
]
