"""What the portal tells its people, and what they want by email."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shop.partner.membership import Role
from shop.producers.access import ProducerRequest, members_only
from shop.producers.models import Notice, NoticeKind
from shop.producers.notices import as_they_stand, choose, mark_read, wanted_by, with_parcels

A_PAGE = 20


class ChoiceForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Nhận email về"),
        choices=NoticeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tin báo vẫn hiện ở trang này dù không nhận email."),
    )


@require_GET
@members_only(at_least=Role.PACKER)
def notices(request: HttpRequest) -> HttpResponse:
    own = Notice.objects.filter(user=_user(request), producer=_producer(request))
    page = Paginator(with_parcels(own), A_PAGE).get_page(request.GET.get("trang"))
    page.object_list = as_they_stand(page.object_list)
    context = {
        "active_tab": "more",
        "page_obj": page,
        "form": ChoiceForm(initial={"kinds": wanted_by(request.user)}),
    }
    return render(request, "producers/notices.html", context)


@require_POST
@members_only(at_least=Role.PACKER)
def read(request: HttpRequest) -> HttpResponse:
    mark_read(request.user, _producer(request))
    return redirect("producers:notices")


@require_POST
@members_only(at_least=Role.PACKER)
def set_choices(request: HttpRequest) -> HttpResponse:
    form = ChoiceForm(request.POST)
    if form.is_valid():
        choose(request.user, form.cleaned_data["kinds"])
        messages.success(request, _("Đã lưu."))
    return redirect("producers:notices")


def _user(request: HttpRequest) -> Any:
    return request.user


def _producer(request: HttpRequest) -> Any:
    return cast(ProducerRequest, request).producer
