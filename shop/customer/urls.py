"""Pages of the account beyond Oscar's: safety, invoices, letters, one's own data."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from shop.customer.views import claims, letters, privacy, security, tax_profiles

urlpatterns = [
    path("email/", security.change_email, name="email-change"),
    path("email/gui-lai/", security.send_confirm_letter, name="email-send"),
    path("email/xac-nhan/<str:token>/", security.confirm_email, name="email-confirm"),
    path("thiet-bi/", security.device_list, name="devices"),
    path("thiet-bi/khac/dang-xuat/", security.end_others, name="devices-end-others"),
    path("thiet-bi/<int:pk>/dang-xuat/", security.end_device, name="device-end"),
    path("nhan-don/", claims.by_email, name="claims"),
    path("nhan-don/<str:number>/", claims.by_link, name="claim"),
    path("thu/", letters.letter_list, name="letters"),
    path("thu/<int:pk>/", letters.letter, name="letter"),
    path("hoa-don/", login_required(tax_profiles.ProfileListView.as_view()), name="tax-profiles"),
    path(
        "hoa-don/them/",
        login_required(tax_profiles.ProfileCreateView.as_view()),
        name="tax-profile-add",
    ),
    path(
        "hoa-don/<int:pk>/",
        login_required(tax_profiles.ProfileUpdateView.as_view()),
        name="tax-profile",
    ),
    path(
        "hoa-don/<int:pk>/xoa/",
        login_required(tax_profiles.ProfileDeleteView.as_view()),
        name="tax-profile-delete",
    ),
    path("du-lieu/", privacy.privacy, name="privacy"),
    path("du-lieu/dong-y/", privacy.consents, name="consents"),
    path("du-lieu/gom/", privacy.ask_for_data, name="data-ask"),
    path("du-lieu/<int:pk>/", privacy.download, name="data-download"),
    path("du-lieu/xoa/", privacy.erase, name="erase"),
    path("thoi-nhan-thu/<str:token>/", privacy.withdraw_consent, name="consent-withdraw"),
]
