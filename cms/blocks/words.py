"""Blocks of words: headings, text, quotes, facts, timelines, legends, and the sources of them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

#: What a text may hold. No headings (a block of their own), no embeds, no pictures.
RICH_TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Tiêu đề")
        template = "cms/blocks/heading.html"
        preview_value = _("Bánh của đầu năm")


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Đoạn văn")
        template = "cms/blocks/text.html"
        preview_value = "<p>Nhiều làng gói bánh mật cùng mẻ với bánh chưng.</p>"


class LeadBlock(blocks.TextBlock):
    """One or two sentences that open a part."""

    class Meta:
        icon = "pilcrow"
        label = _("Lời dẫn")
        template = "cms/blocks/lead.html"
        preview_value = "Bánh mật là thức quà quê của nhiều làng miền Bắc."


class LegendBlock(blocks.StructBlock):
    """A tale that nobody can prove: shown as a legend, never as history."""

    text = TextBlock(label=_("Chuyện kể"))

    class Meta:
        icon = "openquote"
        label = _("Truyền thuyết")
        template = "cms/blocks/legend.html"
        preview_value = {"text": "<p>Tương truyền…</p>"}


class QuoteBlock(blocks.StructBlock):
    """Words of somebody, never without who said them."""

    text = blocks.TextBlock(label=_("Lời trích"))
    by = blocks.CharBlock(label=_("Ai nói, ở đâu"), max_length=200)
    url = blocks.URLBlock(label=_("Đường dẫn tới nguồn"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Trích dẫn có nguồn")
        template = "cms/blocks/quote.html"
        preview_value = {"text": "…", "by": "Báo Bắc Ninh, 6/12/2025"}


class FactBlock(blocks.StructBlock):
    """A remark beside the story."""

    label = blocks.CharBlock(label=_("Tên"), max_length=120)
    text = blocks.TextBlock(label=_("Nội dung"))

    class Meta:
        icon = "info-circle"
        label = _("Ghi chú bên lề")
        template = "cms/blocks/fact.html"
        preview_value = {"label": "Về chứng nhận", "text": "Quyết định nằm ở trang sản phẩm."}


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("Khi nào"), max_length=60)
    text = blocks.TextBlock(label=_("Chuyện gì"))


class TimelineBlock(blocks.StructBlock):
    """What happened, in order; or the steps of a craft."""

    moments = blocks.ListBlock(MomentBlock(), label=_("Các mốc"), min_num=2)

    class Meta:
        icon = "history"
        label = _("Dòng thời gian")
        template = "cms/blocks/timeline.html"
        preview_value = {"moments": [{"when": "2005", "text": "…"}, {"when": "2017", "text": "…"}]}


class SourceBlock(blocks.StructBlock):
    """Where something told on the page was published."""

    title = blocks.CharBlock(label=_("Tên bài, tên văn bản"), max_length=300)
    publisher = blocks.CharBlock(label=_("Nơi công bố"), max_length=200, required=False)
    date = blocks.CharBlock(
        label=_("Ngày"),
        max_length=10,
        required=False,
        help_text=_("2025, 2025-12 hoặc 2025-12-06; để trống khi không ghi."),
    )
    url = blocks.URLBlock(label=_("Đường dẫn"), required=False)
    note = blocks.CharBlock(label=_("Nguồn của điều gì"), max_length=300, required=False)

    class Meta:
        icon = "link"
        label = _("Nguồn")
        template = "cms/blocks/source.html"
        preview_value = {"title": "“Bánh mật của hiếm”", "publisher": "Báo Người Lao Động"}
