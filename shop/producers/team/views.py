"""People who work for a producer: invited, given roles, let go."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.partner.membership import LastOwner, Membership, Role, change_role, leave
from shop.producers.access import SESSION_KEY, ProducerRequest, members_only
from shop.producers.models import Invitation
from shop.producers.team.inviting import NotPossible, accept, invite, withdraw


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Email người được mời"),
        error_messages={"required": gettext_lazy("Hãy nhập email.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Được làm gì"),
        choices=[
            (Role.PACKER, gettext_lazy("Đóng gói: xem và gửi kiện hàng")),
            (Role.EDITOR, gettext_lazy("Soạn tin: thêm sản phẩm, giá, kho, lô, trả lời đánh giá")),
            (Role.OWNER, gettext_lazy("Chủ: mọi việc, cả tiền và người")),
        ],
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)


@require_GET
@members_only(at_least=Role.OWNER)
def team(request: HttpRequest) -> HttpResponse:
    return _show(request, InviteForm())


@require_POST
@members_only(at_least=Role.OWNER)
def send_invitation(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            invite(_producer(request), data["email"], Role(data["role"]), by=request.user)
        except NotPossible as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("Đã gửi lời mời đến %(email)s.") % {"email": data["email"]})
            return redirect("producers:team")
    return _show(request, form, status=422)


@require_POST
@members_only(at_least=Role.OWNER)
def take_invitation_back(request: HttpRequest, pk: int) -> HttpResponse:
    withdraw(get_object_or_404(Invitation, pk=pk, producer=_producer(request)))
    messages.success(request, _("Đã thu lại lời mời."))
    return redirect("producers:team")


@require_POST
@members_only(at_least=Role.OWNER)
def set_role(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Membership, pk=pk, partner=_producer(request))
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn một vai trò trong danh sách."))
        return redirect("producers:team")
    try:
        change_role(found, Role(form.cleaned_data["role"]))
    except LastOwner as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã đổi vai trò."))
    return redirect("producers:home" if found.user_id == request.user.pk else "producers:team")


@require_POST
@members_only(at_least=Role.OWNER)
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Membership, pk=pk, partner=_producer(request))
    return _end(request, found, _("Người này không còn vào được kênh của bạn."), "producers:team")


@require_POST
@members_only(at_least=Role.PACKER)
def go(request: HttpRequest) -> HttpResponse:
    """Leave the producer oneself."""
    own = cast(ProducerRequest, request).membership
    return _end(request, own, _("Bạn đã rời %(name)s.") % {"name": own.partner}, "customer:summary")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, to what; taken up by who has the letter."""
    found = get_object_or_404(
        Invitation.objects.select_related("producer", "invited_by"), token=token
    )
    if request.method == "POST":
        try:
            accept(found, request.user)
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        else:
            request.session[SESSION_KEY] = found.producer_id
            return redirect("producers:home")
    is_open = Invitation.objects.open().filter(pk=found.pk).exists()
    context = {"invitation": found, "is_open": is_open}
    return render(request, "producers/team/invitation.html", context)


def _end(request: HttpRequest, membership: Membership, done: str, then: str) -> HttpResponse:
    try:
        leave(membership)
    except LastOwner as refusal:
        messages.error(request, str(refusal))
        return redirect("producers:more" if then == "customer:summary" else then)
    messages.success(request, done)
    return redirect(then)


def _producer(request: HttpRequest) -> Any:
    return cast(ProducerRequest, request).producer


def _show(request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    producer = _producer(request)
    context = {
        "active_tab": "more",
        "form": form,
        "team": producer.memberships.select_related("user").order_by("pk"),
        "invitations": Invitation.objects.open().filter(producer=producer),
        "roles": Role.choices,
    }
    return render(request, "producers/team/index.html", context, status=status)
