"""Questions about a product, as everybody reads and asks them.

Without structured data: search engines want QAPage on pages about one question and FAQPage on
questions that the shop wrote itself, and these are neither.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalogue.age import must_ask_age
from catalogue.models import Product
from catalogue.product_page import Crumb, group_crumbs
from shop.limits.answers import too_many
from shop.limits.mailboxes import count_letter
from shop.questions.asking import ask, confirm
from shop.questions.forms import QuestionForm
from shop.questions.models import Question

A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def of_product(request: HttpRequest, slug: str) -> HttpResponse:
    """All that was asked of a product, and the form to ask more."""
    product = get_object_or_404(Product.objects.listed().with_origin(), slug=slug)
    if must_ask_age(request, product):
        return redirect(product.get_absolute_url())
    user: Any = request.user
    is_signed_in = user.is_authenticated and bool(user.email)
    form = QuestionForm(request.POST or None, is_signed_in=is_signed_in)
    if request.method == "POST" and form.is_valid():
        email = user.email if is_signed_in else form.cleaned_data["email"]
        if (letters := count_letter(email, what="questions")).is_over:
            return too_many(request, letters.seconds_left)
        if not form.is_trapped:
            ask(
                product,
                form.cleaned_data["text"],
                email=email,
                language=get_language() or "vi",
                user=user if is_signed_in else None,
                name=form.cleaned_data["name"],
            )
        messages.success(request, _said(is_signed_in, email))
        # The form's own fragment would be kept, and what was said stand above the screen.
        return redirect(f"{reverse('questions:of-product', args=[slug])}#messages")
    shown = Question.objects.shown().filter(product=product).select_related("product__producer")
    crumbs = [
        *group_crumbs(None),
        Crumb(product.display_title, product.get_absolute_url()),
        Crumb(_("Hỏi và đáp"), ""),
    ]
    context = {
        "product": product,
        "page_obj": Paginator(shown, A_PAGE).get_page(request.GET.get("trang")),
        "form": form,
        "crumbs": crumbs,
    }
    status = 422 if form.is_bound else 200
    return render(request, "questions/of_product.html", context, status=status)


def _said(is_signed_in: bool, email: str) -> str:
    if is_signed_in:
        return _("Cảm ơn bạn. Câu hỏi hiện ra sau khi được duyệt; có trả lời, chúng tôi viết thư.")
    return _("Mời bạn xem hộp thư %(email)s và bấm xác nhận để gửi câu hỏi.") % {"email": email}


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_question(request: HttpRequest, key: str) -> HttpResponse:
    """A page with a button: programs that only open the links of letters confirm nothing."""
    key = key.replace("\x00", "")  # PostgreSQL refuses a zero byte outright
    question = get_object_or_404(Question.objects.select_related("product"), key=key)
    if request.method == "POST":
        if confirm(question):
            messages.success(request, _("Đã gửi câu hỏi. Có trả lời, chúng tôi viết thư cho bạn."))
        return redirect(question.get_absolute_url())
    response = render(request, "questions/confirm.html", {"question": question})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
