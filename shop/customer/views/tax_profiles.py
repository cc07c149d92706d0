"""Whom invoices are for: only ever one's own."""

from typing import Any

from django.contrib.messages.views import SuccessMessageMixin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, DeleteView, ListView, UpdateView

from shop.invoices.models import TaxProfile
from shop.invoices.profile_form import TaxProfileForm


class OwnProfileMixin:
    request: HttpRequest
    success_url = reverse_lazy("customer:tax-profiles")
    extra_context = {"active_tab": "tax"}

    def get_queryset(self) -> QuerySet[TaxProfile]:
        return TaxProfile.objects.filter(user=self.request.user)


class ProfileListView(OwnProfileMixin, ListView):
    template_name = "customer/tax_profiles.html"
    context_object_name = "profiles"


class ProfileFormMixin(OwnProfileMixin, SuccessMessageMixin):
    template_name = "customer/tax_profile_form.html"
    form_class = TaxProfileForm
    success_message = _("Đã lưu thông tin xuất hóa đơn.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}


class ProfileCreateView(ProfileFormMixin, CreateView):
    pass


class ProfileUpdateView(ProfileFormMixin, UpdateView):
    pass


class ProfileDeleteView(OwnProfileMixin, DeleteView):
    template_name = "customer/tax_profile_delete.html"
    context_object_name = "profile"
