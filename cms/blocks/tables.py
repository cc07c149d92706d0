"""Tables that policies show as they are today, instead of a copy that goes stale."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalogue.models.label import NetUnit
from catalogue.units import net_quantity_text
from shop.seller import SellerIdentity
from shop.shipping.rates import Zone, ZoneRate
from shop.shipping.rules import DeliveryRules
from shop.shipping.words import days_text, facts_of


class RatesBlock(blocks.StaticBlock):
    """What delivery costs and how long it takes, from the tables in force today."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        today = timezone.localdate()
        newest, rules = ZoneRate.objects.in_force(today), DeliveryRules.objects.in_force(today)
        context["rates"] = [
            {
                "rate": newest[zone],
                "first": net_quantity_text(Decimal(newest[zone].first_grams), NetUnit.GRAM),
                "step": net_quantity_text(Decimal(newest[zone].step_grams), NetUnit.GRAM),
                "days": days_text(newest[zone].days),
            }
            for zone in Zone.values
            if zone in newest
        ]
        context["rules"] = rules
        context["facts"] = facts_of(rules)
        context["is_sample"] = rules.is_sample or any(rate.is_sample for rate in newest.values())
        return context

    class Meta:
        icon = "table"
        label = _("Bảng phí giao hàng")
        template = "cms/blocks/rates.html"
        admin_text = _("Bảng phí giao hàng đang áp dụng.")


#: What else a page says of the seller, beside the name.
SELLER_FACTS = ("address", "representative", "tax_code", "issued", "phone", "email")


class SellerBlock(blocks.StaticBlock):
    """Who sells (Luật Thương mại điện tử 122/2025/QH15), an undeclared fact said as such."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        request = (parent_context or {}).get("request")
        seller = SellerIdentity.for_request(request) if request else SellerIdentity()
        context["seller"] = seller
        context["facts"] = [
            (SellerIdentity._meta.get_field(name).verbose_name, said)
            for name, said in (
                ("name", seller.display_name),
                *((name, getattr(seller, name)) for name in SELLER_FACTS),
            )
        ]
        return context

    class Meta:
        icon = "home"
        label = _("Thông tin người bán")
        template = "cms/blocks/seller.html"
        admin_text = _("Thông tin người bán, sửa ở Cài đặt.")
