"""Blocks that show what a product rests on: its OCOP dossier, the lot on its stamp."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.goods import PreviewsProduct, ProductChooserBlock, shelf_of


class CertificateBlock(PreviewsProduct, blocks.StructBlock):
    """The dossier that counts today, with its decision; stars only while they are valid."""

    product = ProductChooserBlock(label=_("Sản phẩm"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        shelf = shelf_of(value, parent_context)
        context["card"] = shelf.card_of(value.get("product"))
        context["certificate"] = shelf.certificate_of(value.get("product"))
        return context

    class Meta:
        icon = "success"
        label = _("Chứng nhận OCOP")
        template = "cms/blocks/certificate.html"


class LotTraceBlock(blocks.StructBlock):
    """Ask for the code on a stamp; or the state of one lot, as it is today."""

    text = blocks.CharBlock(label=_("Lời mời"), max_length=250, required=False)
    code = blocks.CharBlock(
        label=_("Mã lô"),
        max_length=40,
        required=False,
        help_text=_("Để trống: ô nhập mã lô cho người xem."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        code = value.get("code") or ""
        context["note"] = shelf_of(value, parent_context).lot(code) if code else None
        return context

    class Meta:
        icon = "view"
        label = _("Truy xuất lô")
        template = "cms/blocks/lot_trace.html"
        preview_value = {"text": "Nhập mã lô in trên tem của gói hàng.", "code": ""}
