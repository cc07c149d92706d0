"""“Báo tôi khi có hàng”: the form, and the two links of its letters."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from catalogue.age import must_ask_age
from catalogue.models import Product
from shop.customer.alerts.asking import ask_by_letter, ask_for_account, call_off, confirm
from shop.customer.alerts.forms import AlertForm
from shop.customer.waiting import ProductAlert
from shop.limits.answers import too_many
from shop.limits.mailboxes import count_letter

#: What is said once an alert stands.
SAID: dict[str, Any] = {
    ProductAlert.Kind.STOCK: gettext_lazy("Có hàng trở lại, chúng tôi viết thư cho bạn."),
    ProductAlert.Kind.SEASON: gettext_lazy("Vào mùa, chúng tôi viết thư cho bạn, mỗi mùa một lần."),
}
#: Addresses of the letters' links stay out of search engines and of other sites' logs.
PRIVATE = {"X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin"}


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to be told of a product or variant; without an account an email address is asked for."""
    product = _awaitable(request, pk)
    kind = _kind_of(request, product)
    user: Any = request.user
    if request.method != "POST":
        return _form(request, product, AlertForm())
    typed = {**request.POST.dict(), **({"email": user.email} if _signed_in(user) else {})}
    form = AlertForm(typed)
    if not form.is_valid():
        return _form(request, product, form, status=422)
    email = form.cleaned_data["email"]
    if (letters := count_letter(email, what="alerts")).is_over:
        return too_many(request, letters.seconds_left)
    if _signed_in(user):
        ask_for_account(product, user, kind)
        messages.success(request, SAID[kind])
    else:
        if not form.is_trapped:
            ask_by_letter(product, email, get_language() or "vi", kind)
        # The same words whether the address waits already or not.
        messages.success(
            request,
            _("Mời bạn xem hộp thư %(email)s và bấm xác nhận; tới lúc đó chúng tôi viết thư báo.")
            % {"email": email},
        )
    return redirect(product.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_alert(request: HttpRequest, key: str) -> HttpResponse:
    """A page with a button: programs that only open the links of letters confirm nothing."""
    alert = _alert(key)
    if request.method == "POST" and confirm(alert):
        confirmed = _("Đã xác nhận.")
        messages.success(request, f"{confirmed} {SAID[alert.kind]}")
        return redirect(alert.product.get_absolute_url())
    return _page(request, "customer/alert_confirm.html", alert)


# Mail programs post here by themselves (RFC 8058); a stop does nobody harm.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_alert(request: HttpRequest, key: str) -> HttpResponse:
    alert = _alert(key)
    if request.method == "POST":
        call_off(alert)
        messages.success(request, _("Đã thôi. Chúng tôi không viết thư về món này nữa."))
        return redirect(alert.product.get_absolute_url())
    return _page(request, "customer/alert_cancel.html", alert)


def _kind_of(request: HttpRequest, product: Product) -> str:
    """Of the season where that was asked and there is one, for the product with all variants."""
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    is_season = asked == ProductAlert.Kind.SEASON and not product.canonical.is_all_year
    if is_season and product.is_child:
        raise Http404(product.pk)
    return ProductAlert.Kind.SEASON if is_season else ProductAlert.Kind.STOCK


def _awaitable(request: HttpRequest, pk: int) -> Product:
    """A product that a visitor may open, and that may be spoken of unasked.

    A letter that a strong drink is back would be its advertisement (Luật 44/2019/QH14).
    """
    product: Product = get_object_or_404(Product.objects.select_related("parent"), pk=pk)
    hidden = not product.canonical.is_listed or not product.live
    if hidden or product.is_unpromotable or must_ask_age(request, product):
        raise Http404(pk)
    return product


def _alert(key: str) -> ProductAlert:
    return get_object_or_404(ProductAlert.objects.select_related("product__parent"), key=key)


def _signed_in(user: Any) -> bool:
    return user.is_authenticated and bool(user.email)


def _form(
    request: HttpRequest, product: Product, form: AlertForm, status: int = 200
) -> HttpResponse:
    context = {"product": product, "form": form, "kind": _kind_of(request, product)}
    return render(request, "customer/alert_form.html", context, status=status)


def _page(request: HttpRequest, template: str, alert: ProductAlert) -> HttpResponse:
    response = render(request, template, {"alert": alert})
    for name, value in PRIVATE.items():
        response[name] = value
    return response
