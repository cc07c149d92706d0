"""Signing in, out and up, and a forgotten password: Django's own views in the shop's words."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from catalogue.returning import asked_next
from shop.customer.forms import ForgotPasswordForm, NewPasswordForm, SignInForm, SignUpForm
from shop.customer.letters import write_new_device_letter, write_password_changed_letter
from shop.customer.proving import write_confirm_letter
from shop.limits.answers import too_many
from shop.limits.mailboxes import count_letter
from shop.personal.consenting import Source
from shop.two_factor.devices import shorten_wait
from shop.users.devices import end_all_sessions, own_device
from shop.users.locking import open_again, seconds_to_wait


class SignInView(views.LoginView):
    template_name = "customer/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seconds = seconds_to_wait(request, request.POST.get("username", ""))
        if seconds:
            return too_many(request, seconds)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        response = super().form_valid(form)
        user: Any = self.request.user
        if getattr(self.request, "is_new_device", False):
            write_new_device_letter(user, user.devices.get(pk=own_device(self.request)))
        return response

    def get_default_redirect_url(self) -> str:
        """Where this person most likely wants to go."""
        user: Any = self.request.user
        if user.is_staff:
            return reverse("dashboard:index")
        if user.partners.exists():
            return reverse("producers:home")
        if user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return reverse("customer:summary")


class SignOutView(views.LogoutView):
    next_page = "/"


class SignUpView(FormView):
    template_name = "customer/sign_up.html"
    form_class = SignUpForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect("customer:summary")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=asked_next(self.request), **kwargs)

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        if form.is_trapped:
            return redirect("/")
        made = form.save()
        write_confirm_letter(made)
        form.keep_consents(made.email, source=Source.SIGN_UP, user=made)
        user = authenticate(
            self.request,
            username=form.cleaned_data["email"],
            password=form.cleaned_data["password1"],
        )
        if user is not None:
            login(self.request, user)
        messages.success(
            self.request,
            _("Chào mừng bạn đến với phiên chợ. Mời bạn mở thư vừa gửi để xác nhận email."),
        )
        return redirect(asked_next(self.request) or "customer:summary")


class ForgotPasswordView(views.PasswordResetView):
    template_name = "customer/password_forgot.html"
    form_class = ForgotPasswordForm
    success_url = reverse_lazy("customer:password-forgot-sent")

    def form_valid(self, form: ForgotPasswordForm) -> HttpResponse:
        """A letter, unless there were too many in this hour; the page says the same either way."""
        email = form.cleaned_data["email"]
        if form.is_trapped or count_letter(email, what="password").is_over:
            return redirect(self.get_success_url())
        return super().form_valid(form)


class ForgotPasswordSentView(TemplateView):
    template_name = "customer/password_forgot_sent.html"


class ResetPasswordView(views.PasswordResetConfirmView):
    template_name = "customer/password_reset.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("customer:login")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        user: Any = form.user
        # The link came by letter: whoever opened it reads this address.
        if user.email_verified_at is None:
            user.email_verified_at = timezone.now()
            user.save(update_fields=["email_verified_at"])
        end_all_sessions(user)
        open_again(user.email)
        shorten_wait(user)
        write_password_changed_letter(user)
        messages.success(self.request, _("Đã đổi mật khẩu. Mời bạn đăng nhập."))
        return response
