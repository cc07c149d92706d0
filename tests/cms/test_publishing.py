"""A page or product with claims is refused in the editors' office, in words for its writer."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from catalogue.claims import findings
from catalogue.models import Product
from cms.models import StoryPage
from tests.cms.making import a_story
from tests.factories import a_home, a_product, a_user

pytestmark = pytest.mark.django_db

CLAIM = "Trà này chữa bệnh mất ngủ."


@pytest.fixture
def editor(client: Client) -> Client:
    moderator = a_user()
    moderator.is_superuser = True
    moderator.save()
    client.force_login(moderator)
    return client


def a_form_of(page: StoryPage, text: str, **button: str) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "lead": "",
            "body": streamfield([("text", rich_text(f"<p>{text}</p>"))]),
            "sources": streamfield([]),
            "comments": inline_formset([]),
            **button,
        }
    )


def send(editor: Client, page: StoryPage, text: str, **button: str) -> str:
    response = editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        a_form_of(page, text, **button),
        follow=True,
    )
    assert response.status_code == 200
    return response.content.decode()


def test_a_story_with_a_claim_is_not_published_and_its_writer_is_told_why(editor: Client) -> None:
    a_home()
    story = a_story("Chuyện trà")
    page = send(editor, story, CLAIM, **{"action-publish": "action-publish"})
    assert "không được viết “chữa bệnh”" in page
    assert "Nghị định 15/2018" in page
    story.refresh_from_db()
    assert not str(story.body)


def test_a_story_with_a_claim_is_not_handed_in(editor: Client) -> None:
    a_home()
    story = a_story("Chuyện trà")
    page = send(editor, story, CLAIM, **{"action-submit": "action-submit"})
    assert "không được viết “chữa bệnh”" in page
    assert story.current_workflow_state is None


def test_a_draft_with_a_claim_is_kept_and_a_mended_one_goes_live(editor: Client) -> None:
    a_home()
    story = a_story("Chuyện trà")
    assert "không được viết" not in send(editor, story, CLAIM)
    story = StoryPage.objects.get(pk=story.pk)
    assert CLAIM in str(story.get_latest_revision_as_object().body)
    send(editor, story, "Trà hái buổi sớm.", **{"action-publish": "action-publish"})
    story.refresh_from_db()
    assert "Trà hái buổi sớm." in str(story.body)


def test_no_other_way_publishes_a_claim() -> None:
    a_home()
    story = a_story("Chuyện trà")
    story.lead = CLAIM
    with pytest.raises(ValidationError, match="chữa bệnh"):
        story.save_revision().publish()
    assert not StoryPage.objects.get(pk=story.pk).lead


def test_the_title_of_a_source_is_quoted_as_it_is() -> None:
    a_home()
    story = a_story("Chuyện trà")
    story.author = "Nhà thuốc chữa bệnh An Khang"
    story.save_revision().publish()


def test_a_product_that_lacks_its_label_is_refused_in_the_office_with_the_list(
    editor: Client,
) -> None:
    tea = a_product("Trà hoa vàng", live=False, storage="")
    url = reverse("wagtailsnippets_catalogue_product:edit", args=[tea.pk])
    form = editor.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in data.items()}
    data = {name: value for name, value in data.items() if value is not False}
    response = editor.post(url, {**data, "summary": CLAIM, "action-publish": "1"}, follow=True)
    page = response.content.decode()
    assert "Chưa ghi cách bảo quản." in page
    assert "không được viết “chữa bệnh”" in page
    assert not Product.objects.get(pk=tea.pk).live


def test_reviews_have_one_question_to_ask_before_they_are_shown() -> None:
    (sentence,) = findings("Uống ba ngày là khỏi bệnh!")
    assert sentence.startswith("Không được viết “khỏi bệnh”")
    assert "Nghị định 15/2018" in sentence
    assert findings("Trà thơm, gói cẩn thận.") == []
