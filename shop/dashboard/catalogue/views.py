"""Products and their groups as staff see them; what is not here is Oscar's."""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import RedirectView
from oscar.apps.dashboard.catalogue import views

from catalogue.models import Product
from catalogue.pictures.specs import THUMB_SPEC


class ProductListView(views.ProductListView):
    #: Oscar's would publish without a moderator and set prices that nobody remembers.
    intermediate_actions: dict[str, Any] = {}

    def get_queryset(self) -> Any:
        Rendition = apps.get_model("pictures", "Rendition")
        thumbs = Rendition.objects.filter(filter_spec=THUMB_SPEC)
        return (
            super()
            .get_queryset()
            .prefetch_related("images__original", Prefetch("images__original__renditions", thumbs))
        )

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"exclude": ("checkbox",)}


class ProductBulkActionConfirmView(views.ProductBulkActionConfirmView):
    intermediate_actions = ProductListView.intermediate_actions


class ProductCreateUpdateView(RedirectView):
    """To Wagtail, where drafts and moderators are: Oscar's form would write around both."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        key = kwargs.get("pk") or kwargs.get("parent_pk")
        if key is None:
            return reverse("wagtailsnippets_catalogue_product:list")
        product: Product = get_object_or_404(Product.objects.select_related("parent"), pk=key)
        return reverse("wagtailsnippets_catalogue_product:edit", args=[product.canonical.pk])


class ProductCreateRedirectView(ProductCreateUpdateView):
    pass


class _ChangedByFew:
    """Groups are read by whoever may see them, shown and hidden by whoever may change them."""

    request: HttpRequest

    def get_table_kwargs(self) -> dict[str, Any]:
        if self._may_change():
            return {}
        return {"exclude": ("checkbox",), "template_name": "oscar/dashboard/table.html"}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._may_change():
            raise PermissionDenied
        return super().post(request, *args, **kwargs)  # type: ignore[misc]

    def _may_change(self) -> bool:
        user: Any = self.request.user
        return bool(user.has_perm("catalogue.change_category"))


class CategoryListView(_ChangedByFew, views.CategoryListView):
    pass


class CategoryDetailListView(_ChangedByFew, views.CategoryDetailListView):
    pass
