"""Groups, who is in them, and whose second step has to be taken away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from shop.guards import staff_may
from shop.office.people.assigning import assign, groups_that, may_change
from shop.office.people.rights import rights_of
from shop.staff import GROUPS, LABELS, label_of
from shop.two_factor.devices import has_second_step, take_away
from shop.users.models import User

ASSIGN = "office.assign_groups"
#: Accounts shown for words typed.
MOST_FOUND = 20


class GroupsForm(forms.Form):
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Nhóm"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["groups"]
        field.choices = [(name, LABELS[name]) for name in groups_that(by)]


@require_safe
@staff_may(ASSIGN)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with power, or the accounts that fit the words typed."""
    words = request.GET.get("q", "").strip()[:100]
    rows = User.objects.prefetch_related("groups").order_by("first_name", "pk")
    if words:
        found = rows.filter(Q(email__icontains=words) | Q(first_name__icontains=words))[:MOST_FOUND]
    else:
        found = rows.filter(Q(is_staff=True) | Q(is_superuser=True) | Q(groups__isnull=False))
        found = found.distinct()
    with_step = set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))
    members = Count("user", filter=Q(user__is_active=True))
    counts = dict(_groups().annotate(n=members).values_list("name", "n"))
    context = {
        "asked": words,
        "people": [
            {
                "person": person,
                "groups": [label_of(group.name) for group in person.groups.all()],
                "has_step": person.pk in with_step,
            }
            for person in found
        ],
        "groups": [(LABELS[name], counts.get(name, 0), rights_of(name)) for name in GROUPS],
    }
    return render(request, "office/people/list.html", context)


def _groups() -> Any:
    return Group.objects.filter(name__in=GROUPS)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(ASSIGN)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    own = list(found.groups.values_list("name", flat=True))
    # No group at all is an answer too.
    data = request.POST if request.method == "POST" else None
    form = GroupsForm(data, by=request.user, initial={"groups": own})
    if request.method == "POST":
        if not may_change(request.user, found):
            raise PermissionDenied
        if form.is_valid():
            assign(found, form.cleaned_data["groups"], by=request.user)
            messages.success(request, _("Đã lưu nhóm của %(name)s.") % {"name": found})
            return redirect("office:person", pk=pk)
    context = {
        "person": found,
        "form": form,
        "may_change": may_change(request.user, found),
        "others": [label_of(name) for name in own if name not in groups_that(request.user)],
        "has_step": has_second_step(found),
    }
    return render(request, "office/people/person.html", context)


@require_POST
@staff_may(ASSIGN)
def reset_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A superuser's to do, and never to oneself: who has the phone takes it away with a code."""
    user: Any = request.user
    found = get_object_or_404(User, pk=pk)
    if not user.is_superuser or found.pk == user.pk:
        raise PermissionDenied
    take_away(found, by=user)
    messages.success(request, _("Lần đăng nhập tới, %(name)s phải cài lại.") % {"name": found})
    return redirect("office:person", pk=pk)
