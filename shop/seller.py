"""Who sells: the facts that Luật Thương mại điện tử 122/2025/QH15 wants on every page."""

from typing import NamedTuple

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from shop.pagecache.here import remembered_here


class SellerWords(NamedTuple):
    """What pages say of the seller, in the reader's language."""

    display_name: str
    address: str
    representative: str
    tax_code: str
    issued: str
    phone: str
    email: str
    sample: bool


@register_setting(icon="home")
class SellerIdentity(BaseSiteSetting):
    """The merchant of record, edited by staff in Wagtail's settings."""

    name = models.CharField(_("Tên người bán"), max_length=200, blank=True)
    address = models.CharField(_("Địa chỉ"), max_length=300, blank=True)
    representative = models.CharField(_("Người đại diện"), max_length=150, blank=True)
    tax_code = models.CharField(
        _("Mã số thuế hoặc số đăng ký kinh doanh"), max_length=50, blank=True
    )
    issued = models.CharField(
        _("Ngày cấp, nơi cấp"), max_length=200, blank=True, help_text=_("Của giấy đăng ký.")
    )
    phone = models.CharField(_("Điện thoại"), max_length=30, blank=True)
    email = models.EmailField(_("Email"), blank=True)
    sample = models.BooleanField(
        _("Là dữ liệu mẫu"), default=False, help_text=_("Chân trang nói rõ đây là dữ liệu mẫu.")
    )

    @property
    def display_name(self) -> str:
        """In the reader's language where it is the sample seller; a real one has its own name."""
        return gettext(self.name) if self.sample and self.name else self.name

    @property
    def words(self) -> SellerWords:
        return SellerWords(*(getattr(self, name) for name in SellerWords._fields))

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("address"),
                FieldPanel("representative"),
                FieldPanel("tax_code"),
                FieldPanel("issued"),
            ],
            heading=_("Người bán"),
        ),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("Liên hệ")),
        FieldPanel("sample"),
    ]

    class Meta:
        app_label = "shop"
        verbose_name = _("Thông tin người bán")


def seller_of(request: HttpRequest) -> SellerWords:
    """The seller of this site, kept until something is published: every footer asks."""
    return remembered_here(
        ("seller", request.get_host()), lambda: SellerIdentity.for_request(request).words
    )


def default_seller() -> SellerIdentity:
    """The seller of the default site, as of now: for papers, which no visitor asks for."""
    return SellerIdentity.objects.filter(site__is_default_site=True).first() or SellerIdentity()
