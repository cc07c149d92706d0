"""The root map. Vietnamese paths; the English shop has the same under `/en/`."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from catalogue.share_cards.views import picture
from catalogue.views.trace import digital_link
from shop.headers.media import media
from shop.headers.reports import csp_report
from shop.headers.security_txt import security_txt
from shop.programme.views import progress as programme_progress
from shop.promotion.views import follow, look
from shop.search.staff import search_counts


def _urls_of(label: str) -> tuple:
    config: Any = apps.get_app_config(label)
    return config.urls


handler404 = "shop.errors.not_found"
handler403 = "shop.errors.forbidden"
handler500 = "shop.errors.server_error"

urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("bao-cao-csp/", csp_report, name="csp-report"),
    # Asked for by browsers on their own, whatever the page names.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
    path("luot-xem/", look, name="page-view"),
    path("", include("shop.seo.urls")),
    path("01/<str:gtin>/10/<str:code>", digital_link, name="digital-link"),
    # One door for everybody: whoever signs in signs in at the shop's own page.
    path("cms/login/", RedirectView.as_view(pattern_name="customer:login", query_string=True)),
    path("cms/", include(wagtailadmin_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
    path("quan-ly/tim-kiem/", search_counts, name="search-counts"),
    path("quan-ly/tien/", include("shop.payment.staff.urls")),
    path("quan-ly/goi-xac-nhan/", include("shop.payment.methods.cod.urls")),
    path("quan-ly/hoa-don/", include("shop.invoices.urls")),
    path("quan-ly/dong-y/", include("shop.personal.staff_urls")),
    path("quan-ly/bao-gia/", include("shop.corporate.staff_urls")),
    path("quan-ly/hoi-ve-don/", include("shop.order.staff_urls")),
    path("quan-ly/tra-hang/", include("shop.returns.staff.urls")),
    path("quan-ly/tra-tien/", include("shop.settlements.staff.urls")),
    path("quan-ly/nha-san-xuat/", include("shop.producers.staff_urls")),
    path("quan-ly/ma-quang-ba/", include("shop.promotion.staff.urls")),
    path("quan-ly/danh-gia/", include("shop.reviews.staff.urls")),
    path("quan-ly/hoi-dap/", include("shop.questions.staff.urls")),
    path("quan-ly/thu/", include("shop.communication.staff.urls")),
    path("quan-ly/giao-hang/", include("shop.shipping.staff.urls")),
    path("quan-ly/nhat-ky/", include("shop.audit.urls")),
    path("quan-ly/chuong-trinh/", include("shop.programme.urls")),
    path("quan-ly/xuat/", include("shop.exports.urls")),
    path("quan-ly/", include("shop.office.urls")),
    path("quan-ly/", _urls_of("dashboard")),
    path("webhooks/van-chuyen/", include("shop.carriers.urls")),
    path("webhooks/", include("shop.payment.webhooks.urls")),
]
if settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage"):
    # The embedded shop serves its own uploads; production's come from nginx or S3.
    urlpatterns += [
        re_path(r"^media/(?P<path>.*)$", media),
    ]

urlpatterns += i18n_patterns(
    path("", _urls_of("catalogue")),
    path("the-chia-se/<slug:kind>/<int:pk>/<slug:size>/<slug:key>.jpg", picture, name="share-card"),
    path("nha-san-xuat/", _urls_of("partner")),
    path("uu-dai/", _urls_of("offer")),
    path("tim-kiem/", _urls_of("search")),
    path("gio-hang/", _urls_of("basket")),
    path("thanh-toan/chuyen-khoan/", include("shop.payment.methods.vietqr.urls")),
    path("thanh-toan/the/", include("shop.payment.methods.stripe.urls")),
    path("thanh-toan/nguoi-nhan/", include("shop.giving.urls")),
    path("thanh-toan/", _urls_of("checkout")),
    path("don-hang/", _urls_of("order")),
    path("danh-gia/", _urls_of("reviews")),
    path("hoi-dap/", include("shop.questions.urls")),
    path("tai-khoan/hai-buoc/", include("shop.two_factor.urls")),
    path("mon-da-luu/", _urls_of("wishlists")),
    path("tai-khoan/", _urls_of("customer")),
    path("qua-doanh-nghiep/", include("shop.corporate.urls")),
    path("bao-gia/", include("shop.corporate.quote_urls")),
    path("kenh-san-xuat/", include("shop.producers.urls")),
    path("dia-gioi/", include("shop.places.urls")),
    path("giao-den/", include("shop.shipping.urls")),
    path("chuong-trinh-ocop/", programme_progress, name="programme-progress"),
    path("di/<slug:slug>/", follow, name="campaign-link"),
    # Wagtail's own door to pages under a password asks for no second thing: one door here too.
    path("_util/login/", RedirectView.as_view(pattern_name="customer:login", query_string=True)),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
