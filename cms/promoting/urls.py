"""Addresses of the promoters' office, under `/cms/`."""

from django.urls import path

from cms.promoting import campaigns, codes, lookbooks, pages

urlpatterns = [
    path("quang-ba/", campaigns.CampaignsView.as_view(), name="promoting"),
    path("quang-ba/moi/", campaigns.EditView.as_view(), name="promoting-new"),
    path("quang-ba/cho-duyet/", codes.QueueView.as_view(), name="promoting-queue"),
    path("quang-ba/ma/<int:pk>/quyet/", codes.QueueView.as_view(), name="promoting-decide"),
    path("quang-ba/ma/<int:pk>/dung/", codes.StopView.as_view(), name="promoting-stop"),
    path("quang-ba/trang/", pages.PagesView.as_view(), name="promoting-pages"),
    path("quang-ba/trang/<int:pk>/", pages.PageView.as_view(), name="promoting-page"),
    path(
        "quang-ba/trang/<int:pk>/so-lieu.xlsx",
        pages.PageNumbersFile.as_view(),
        name="promoting-page-file",
    ),
    path("quang-ba/<int:pk>/", campaigns.CampaignView.as_view(), name="promoting-campaign"),
    path("quang-ba/<int:pk>/sua/", campaigns.EditView.as_view(), name="promoting-edit"),
    path(
        "quang-ba/<int:pk>/so-lieu.xlsx",
        campaigns.CampaignNumbersFile.as_view(),
        name="promoting-campaign-file",
    ),
    path(
        "quang-ba/<int:pk>/in/<slug:kind>.pdf",
        campaigns.SheetFile.as_view(),
        name="promoting-sheet",
    ),
    path("quang-ba/<int:pk>/tap/", lookbooks.LookbookView.as_view(), name="promoting-new-book"),
    path(
        "quang-ba/<int:pk>/tap/<int:book>/",
        lookbooks.LookbookView.as_view(),
        name="promoting-lookbook",
    ),
    path(
        "quang-ba/<int:pk>/tap/<int:book>/tap-qua.pdf",
        lookbooks.LookbookFile.as_view(),
        name="promoting-lookbook-file",
    ),
]
