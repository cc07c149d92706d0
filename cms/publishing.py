"""The guard before a story, gift page or place goes live: it says nothing that goods may not."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.fields import RichTextField, StreamField

from catalogue.claims import findings
from cms.blocks.reading import texts_in

#: Not our words: the titles of sources are quoted as they are, addresses are made of the title.
NOT_TOLD = frozenset({"sources", "slug", "url_path", "draft_title", "folded", "author"})
#: Buttons of the editor after which a text is, or may soon be, read by visitors.
GOING_OUT = ("action-publish", "action-submit", "action-restart-workflow", "action-workflow-action")


def forbidden_claims(page: Any) -> list[str]:
    """One sentence for each claim on a page that may not be published: where, what, why."""
    sentences: list[str] = []
    for field in page._meta.concrete_fields:
        # A page that is just being made has no row for its link to the base page to lead to.
        if field.name in NOT_TOLD or not field.editable or field.is_relation:
            continue
        value = getattr(page, field.name)
        if isinstance(field, StreamField):
            text = "\n".join(texts_in(value))
        elif isinstance(field, models.CharField | models.TextField | RichTextField):
            text = value or ""
        else:
            continue
        sentences += findings(text, where=field.verbose_name)
    return sentences


def check_publishable(page: Any) -> None:
    """Raises ValidationError with one message for each claim."""
    if found := forbidden_claims(page):
        raise ValidationError(found, code="not_publishable")


def goes_out(data: Any) -> bool:
    """Whether the editor's form was sent by a button that leads to publishing."""
    return any(data.get(button) for button in GOING_OUT)


class GuardedPageForm(WagtailAdminPageForm):
    """Refuses to publish or hand in a page with claims, in words; a draft may be half done."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if goes_out(self.data) and (found := forbidden_claims(self.instance)):
            self.add_error(None, found)


class Guarded:
    """A kind of page that goes live only without claims, by whichever way it is published."""

    base_form_class = GuardedPageForm

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision. Raises ValidationError naming the claims that it makes."""
        check_publishable(revision.as_object())
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
