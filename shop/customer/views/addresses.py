"""The address book: only ever one's own."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import CreateView, DeleteView, ListView, UpdateView

from shop.address.forms import AddressBookForm
from shop.address.models import UserAddress


class OwnAddressMixin:
    request: HttpRequest
    success_url = reverse_lazy("customer:address-list")
    extra_context = {"active_tab": "addresses"}

    def get_queryset(self) -> QuerySet[UserAddress]:
        return UserAddress.objects.filter(user=self.request.user).order_by(
            "-is_default_for_shipping", "-date_created"
        )


class AddressListView(OwnAddressMixin, ListView):
    template_name = "customer/addresses.html"
    context_object_name = "addresses"


class AddressFormMixin(OwnAddressMixin):
    template_name = "customer/address_form.html"
    form_class = AddressBookForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "choose_province" in request.POST:
            # Without JavaScript: show the wards of the chosen province, keep what was typed.
            self.object = self.get_object() if "pk" in self.kwargs else None
            form = self.get_form()
            form.forget_errors()
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AddressBookForm) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, _("Đã lưu địa chỉ."))
        return response


class AddressCreateView(AddressFormMixin, CreateView):
    pass


class AddressUpdateView(AddressFormMixin, UpdateView):
    pass


class AddressDeleteView(OwnAddressMixin, DeleteView):
    template_name = "customer/address_delete.html"
    context_object_name = "address"


class AddressDefaultView(View):
    """Make one address the first that checkout offers."""

    @transaction.atomic
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        own = UserAddress.objects.select_for_update().filter(user=request.user)
        address = get_object_or_404(own, pk=pk)
        own.exclude(pk=pk).update(is_default_for_shipping=False)
        own.filter(pk=address.pk).update(is_default_for_shipping=True)
        messages.success(request, _("Đã đặt làm địa chỉ mặc định."))
        return redirect("customer:address-list")
