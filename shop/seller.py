"""Who sells: the facts that Luật Thương mại điện tử 122/2025/QH15 wants on every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


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
