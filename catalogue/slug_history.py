"""Old addresses of products keep working: a changed slug leaves a redirect behind."""

from typing import Any

from django.conf import settings
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect

from catalogue.models import Product


@receiver(pre_save, sender=Product, dispatch_uid="catalogue.slug_history")
def remember_old_slug(instance: Product, raw: bool = False, **kwargs: Any) -> None:
    """Redirect the old address of a product that had a public one, in every language."""
    if raw or not instance.pk or instance.is_child:
        return
    before = Product.objects.filter(pk=instance.pk).values("slug", "first_published_at", "live")
    old = before.first()
    if old is None or not old["slug"] or old["slug"] == instance.slug:
        return
    if old["live"] or old["first_published_at"]:
        for code, _name in settings.LANGUAGES:
            with override(code):
                _redirect(
                    reverse("catalogue:detail", kwargs={"slug": old["slug"]}),
                    reverse("catalogue:detail", kwargs={"slug": instance.slug}),
                )


def _redirect(old_url: str, new_url: str) -> None:
    # The address in use again must not lead away, and no redirect should need a second one.
    Redirect.objects.filter(old_path=Redirect.normalise_path(new_url)).delete()
    Redirect.objects.filter(redirect_link=old_url).update(redirect_link=new_url)
    Redirect.add_redirect(old_url, redirect_to=new_url, automatically_created=True)
