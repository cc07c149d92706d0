"""The account: an overview, the profile, the password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, UpdateView

from catalogue.boxes.design_page import saved_boxes
from shop.address.models import UserAddress
from shop.customer.forms import OwnPasswordChangeForm, ProfileForm
from shop.customer.letters import write_password_changed_letter
from shop.order.models import Order
from shop.users.devices import end_other_sessions
from shop.users.models import User

#: Orders shown on the overview.
LATEST_ORDERS = 3
#: Boxes that the buyer filled, shown on the overview.
LATEST_BOXES = 6


class SummaryView(TemplateView):
    template_name = "customer/summary.html"
    extra_context = {"active_tab": "summary"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            orders=Order.objects.filter(user=user)
            .order_by("-date_placed")
            .prefetch_related("lines__picture")[:LATEST_ORDERS],
            address=UserAddress.objects.filter(user=user, is_default_for_shipping=True).first(),
            producers=user.partners.all(),
            boxes=saved_boxes(user, LATEST_BOXES),
            **kwargs,
        )


class ProfileView(SuccessMessageMixin, UpdateView):
    template_name = "customer/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("customer:profile-update")
    success_message = gettext_lazy("Đã lưu hồ sơ.")
    extra_context = {"active_tab": "profile"}

    def get_object(self, queryset: Any = None) -> User:
        # A copy: a refused form must not show its values in the page's header.
        return User.objects.get(pk=self.request.user.pk)


class ChangePasswordView(views.PasswordChangeView):
    template_name = "customer/change_password.html"
    form_class = OwnPasswordChangeForm
    success_url = reverse_lazy("customer:devices")
    extra_context = {"active_tab": "security"}

    def form_valid(self, form: OwnPasswordChangeForm) -> HttpResponse:
        # Django's own: this browser stays signed in, every other session holds no longer.
        response = super().form_valid(form)
        user: Any = self.request.user
        end_other_sessions(self.request, user)
        write_password_changed_letter(user)
        messages.success(self.request, _("Đã đổi mật khẩu. Mọi thiết bị khác đã đăng xuất."))
        return response
