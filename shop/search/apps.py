import oscar.apps.search.apps as apps
from django.urls import URLPattern, path


class SearchConfig(apps.SearchConfig):
    name = "shop.search"

    def ready(self) -> None:
        """Oscar's view asks Haystack; ours does not exist there."""

    def get_urls(self) -> list[URLPattern]:
        from shop.search import views

        return [
            path("", views.search_page, name="search"),
            path("goi-y/", views.suggestions, name="suggestions"),
        ]
