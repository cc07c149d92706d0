"""Each way into the library goes through the gate: one upload, many at once, a page's chooser."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from catalogue.pictures.models import Picture
from catalogue.pictures.specs import ALL_SPECS
from shop.users.models import User
from tests.catalogue.test_picture_guard import SVG, a_file, half_a_jpeg, png_claiming

pytestmark = pytest.mark.django_db
GPS, ORIENTATION = 0x8825, 0x0112

#: Name, content, a word of the refusal.
OFFENDERS = {
    "svg": ("a.jpg", SVG, "SVG"),
    "svg by name": ("a.svg", SVG, ""),
    "wrong ending": ("a.png", a_file("JPEG"), "khớp"),
    "truncated": ("a.jpg", half_a_jpeg(), "hỏng"),
    "bomb": ("a.png", png_claiming(60_000, 60_000), "50 triệu"),
    "not a picture": ("a.jpg", b"%PDF-1.7", "JPEG, PNG"),
}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("bien-tap@example.com", "mat-ong-rung"))
    return client


def _one(editor: Client, file: SimpleUploadedFile) -> Any:
    root = Collection.get_first_root_node()
    return editor.post(
        reverse("wagtailimages:add"), {"title": "A", "file": file, "collection": root.pk}
    )


def _many(editor: Client, file: SimpleUploadedFile) -> Any:
    return editor.post(reverse("wagtailimages:add_multiple"), {"title": "A", "files[]": file})


def _chooser(editor: Client, file: SimpleUploadedFile) -> Any:
    root = Collection.get_first_root_node()
    return editor.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "A",
            "image-chooser-upload-file": file,
            "image-chooser-upload-collection": root.pk,
        },
    )


WAYS = {"one": _one, "many at once": _many, "chooser": _chooser}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("offender", OFFENDERS)
def test_no_offending_file_gets_in(editor: Client, way: str, offender: str) -> None:
    name, content, word = OFFENDERS[offender]
    answer = WAYS[way](editor, SimpleUploadedFile(name, content))
    assert answer.status_code == 200
    is_json = "json" in answer["Content-Type"]
    assert word in (str(answer.json()) if is_json else answer.content.decode())
    assert not Picture.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_photograph_comes_in_upright_without_its_place_and_gets_its_sizes(
    editor: Client, way: str, django_capture_on_commit_callbacks: Any
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    photograph = SimpleUploadedFile("a.jpg", a_file(exif=exif.tobytes()), "image/jpeg")
    with django_capture_on_commit_callbacks(execute=True):
        WAYS[way](editor, photograph)
    picture = Picture.objects.get()
    with Image.open(BytesIO(picture.file.read())) as kept:
        assert kept.size == (20, 40) == (picture.width, picture.height)
        assert not kept.getexif()
    assert set(ALL_SPECS) <= set(picture.renditions.values_list("filter_spec", flat=True))
