"""Sizes of pictures: what is made after an upload, how it is cut, what pages show of it."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.template.loader import render_to_string
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.images.models import Filter

from catalogue.images import shown
from catalogue.pictures import making
from catalogue.pictures.models import Picture, Rendition
from catalogue.pictures.specs import ALL_SPECS, CARD_SPECS, PAGE_SPECS, THUMB_SPEC
from catalogue.renditions import made_by_caller, make_renditions_of
from shop.users.models import User
from tests.factories import a_picture, an_upload

#: A format without see-through parts, as a template may ask for.
JPEG = "fill-1200x630|format-jpeg"

pytestmark = pytest.mark.django_db


def a_stored_picture(image: Image.Image, kind: str = "PNG", **facts: Any) -> Picture:
    out = BytesIO()
    image.save(out, kind)
    return Picture.objects.create(
        title="Đồi", file=ContentFile(out.getvalue(), f"doi.{kind.lower()}"), **facts
    )


def half_red_half_blue(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def test_an_upload_has_every_size_in_both_formats_after_the_commit(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        picture = a_picture()
        assert not picture.renditions.exists()
    made = picture.renditions.values_list("filter_spec", flat=True)
    assert set(made) == set(ALL_SPECS)


def test_a_moved_focal_point_has_its_cuts_made_anew(
    django_capture_on_commit_callbacks: Any,
) -> None:
    picture = a_stored_picture(half_red_half_blue(400, 100))
    make_renditions_of(picture.pk)
    picture.focal_point_x, picture.focal_point_y = 390, 50
    picture.focal_point_width = picture.focal_point_height = 20
    with django_capture_on_commit_callbacks(execute=True):
        picture.save()
    picture = Picture.objects.get(pk=picture.pk)
    cut = picture.find_existing_renditions(Filter(spec=THUMB_SPEC))
    with Image.open(next(iter(cut.values())).file) as image:
        red, _green, blue = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert blue > red


def test_a_corrected_title_decodes_nothing(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    picture = a_picture()
    make_renditions_of(picture.pk)
    monkeypatch.setattr(making, "_opened", lambda *_: pytest.fail("decoded again"))
    picture.title = "Tổ ong rừng"
    with django_capture_on_commit_callbacks(execute=True):
        picture.save()


def test_who_loads_many_pictures_makes_their_sizes_alone(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), made_by_caller():
        picture = a_picture()
    assert not picture.renditions.exists()


@pytest.mark.parametrize("size", [(2000, 1000), (900, 1600), (300, 300)])
def test_cuts_are_those_of_wagtail(size: tuple[int, int]) -> None:
    """The same pixels as Wagtail would make of the same spec: part and size."""
    picture = a_stored_picture(half_red_half_blue(*size), "JPEG")
    specs = [*CARD_SPECS, *PAGE_SPECS, JPEG]
    for rendition in making.drawn_renditions(picture, specs):
        of_wagtail = picture.generate_rendition_file(Filter(spec=rendition.filter_spec))
        with Image.open(of_wagtail) as own, Image.open(rendition.file) as ours:
            assert ours.size == own.size
            assert ours.format == own.format
            for x in (0.1, 0.9):
                at = (int(x * own.width), own.height // 2)
                colours = ours.convert("RGB").getpixel(at), own.convert("RGB").getpixel(at)
                pairs = zip(*colours, strict=True)
                assert all(abs(a - b) < 12 for a, b in pairs), rendition.filter_spec


def test_see_through_drawings_stay_so_and_get_white_paper_in_jpeg() -> None:
    picture = a_stored_picture(Image.new("RGBA", (700, 700), (255, 0, 0, 0)))
    drawn = {r.filter_spec: r for r in making.drawn_renditions(picture, [THUMB_SPEC, JPEG])}
    with Image.open(drawn[THUMB_SPEC].file) as image:
        assert image.convert("RGBA").getpixel((5, 5))[3] == 0
    with Image.open(drawn[JPEG].file) as image:
        assert min(image.getpixel((5, 5))) > 250


def test_a_page_offers_avif_first_with_width_and_height() -> None:
    picture = a_stored_picture(half_red_half_blue(800, 800))
    make_renditions_of(picture.pk, CARD_SPECS)
    html = render_to_string("components/picture.html", {"shown": shown(picture, CARD_SPECS)})
    assert html.index("image/avif") < html.index("<img")
    assert ".avif 320w" in html
    assert ".webp 640w" in html
    assert 'width="640" height="640"' in html
    assert 'loading="lazy"' in html


def test_a_page_shows_the_upload_until_sizes_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """No buyer's request decodes a picture."""
    picture = a_picture()
    monkeypatch.setattr(Image, "open", lambda *_args, **_more: pytest.fail("decoded in a request"))
    assert shown(picture, CARD_SPECS).src == picture.file.url
    assert not Rendition.objects.exists()


def test_the_command_makes_what_is_missing_and_goes_on_after_a_lost_file(
    capsys: pytest.CaptureFixture,
) -> None:
    whole, lost = a_picture(), a_picture()
    lost.file.storage.delete(lost.file.name)
    call_command("make_renditions")
    said = capsys.readouterr()
    assert f"2 pictures, {len(ALL_SPECS)} sizes." in said.out
    assert f"Picture {lost.pk}" in said.err
    assert whole.renditions.count() == len(ALL_SPECS)


@pytest.mark.django_db(transaction=True)
def test_sizes_of_a_replaced_file_are_those_of_the_new_one() -> None:
    picture = a_picture()
    form = get_image_form(Picture)(
        {"title": "Mới", "collection": picture.collection_id},
        {"file": an_upload("moi.png", width=50, height=50)},
        instance=picture,
        user=User.objects.create_superuser("bien-tap@example.com", "mat-ong-rung"),
    )
    assert form.is_valid(), form.errors
    form.save()
    made = dict(picture.renditions.values_list("filter_spec", "width"))
    assert set(made) == set(ALL_SPECS)
    assert made[PAGE_SPECS[0]] == 50
