"""Who sees what of promotion: one's own and one's group's; all for who decides."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from cms.models import BasePage
from shop.promotion.models import Campaign
from shop.promotion.models.campaign import DECIDE, PROMOTE
from shop.promotion.numbers import PERIODS

USUAL_PERIOD = 30


def may_promote(user: Any) -> bool:
    return bool(user.has_perm(PROMOTE) or user.has_perm(DECIDE))


def campaign_of(user: Any, pk: int) -> Campaign:
    """A campaign that this person may see; Http404 for another's, as for none."""
    found = Campaign.objects.visible_to(user).select_related("page", "group", "owner")
    return get_object_or_404(found.distinct(), pk=pk)


def pages_of(user: Any) -> Any:
    """Pages whose numbers this person may see: those that they may edit. Not the tree's root."""
    found = page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
    return found.filter(depth__gt=1)


def page_of(user: Any, pk: int) -> BasePage:
    page = pages_of(user).filter(pk=pk).first()
    if page is None:
        raise Http404
    return page


def period_of(request: HttpRequest) -> int:
    """Days to look back, as the address says; thirty unless it says one of ours."""
    asked = request.GET.get("ngay", "")
    return int(asked) if asked in {str(days) for days in PERIODS} else USUAL_PERIOD


class PromotersOnly(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "site"
    # With any, Wagtail shows them in place of the title.
    breadcrumbs_items: list[dict[str, Any]] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.may(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self, user: Any) -> bool:
        return may_promote(user)
