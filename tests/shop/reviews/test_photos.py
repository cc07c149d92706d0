"""Photographs of reviews: checked, without their place, private until a moderator approves."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from catalogue.models import Product
from shop.reviews.models import ProductReview, ReviewPhoto
from shop.reviews.photos.keeping import LARGEST_SIDE, THUMB_SIDE
from shop.reviews.writing import decide
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_product,
    a_received_order,
    a_spirit,
    a_staff_member,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db
WORDS = {"score": "4", "title": "Dẻo và thơm", "body": "Gói kỹ, tới sau ba ngày."}


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


@pytest.fixture
def product() -> Product:
    return a_product("Khoai lang Yên Sơn")


@pytest.fixture
def buyer(product: Product) -> User:
    buyer = a_buyer(first_name="Nguyễn Thị Lan")
    a_received_order(product, buyer=buyer)
    return buyer


def a_photograph(name: str = "nha-lan.jpg", size: tuple[int, int] = (2000, 1500)) -> Any:
    """A telephone's photograph that says where it was taken."""
    image = Image.new("RGB", size, "orange")
    exif = image.getexif()
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def send(client: Client, product: Product, *photos: Any, **more: Any) -> Any:
    return client.post(
        reverse("reviews:write", args=[product.slug]), {**WORDS, "photos": list(photos), **more}
    )


def addresses(photo: ReviewPhoto) -> list[str]:
    return [photo.get_absolute_url(), photo.thumb_url]


def test_a_photograph_is_kept_small_and_without_its_place(product: Product, buyer: User) -> None:
    assert send(signed_in(buyer), product, a_photograph()).status_code == 302
    photo = ReviewPhoto.objects.get()
    assert "lan" not in photo.file.name
    whole, thumb = Image.open(photo.file.open()), Image.open(photo.thumb.open())
    assert (whole.format, whole.size) == ("WEBP", (LARGEST_SIDE, 1200))
    assert thumb.size == (THUMB_SIDE, THUMB_SIDE)
    assert not whole.getexif() and not thumb.getexif()


def test_it_is_private_until_it_is_approved_and_again_when_taken_down(
    product: Product, buyer: User
) -> None:
    send(signed_in(buyer), product, a_photograph())
    review, photo = ProductReview.objects.get(), ReviewPhoto.objects.get()
    moderator = signed_in(with_rights(a_staff_member(), "reviews.change_productreview"))
    others = (Client(), signed_in(a_buyer()), signed_in(a_staff_member()))

    def seen_by_others() -> set[int]:
        return {client.get(url).status_code for client in others for url in addresses(photo)}

    assert seen_by_others() == {404}
    for client in (signed_in(buyer), moderator):
        for url in addresses(photo):
            response = client.get(url)
            assert response.status_code == 200
            assert response["Cache-Control"] == "no-store"
    assert photo.thumb_url in moderator.get(reverse("reviews-staff:queue")).content.decode()
    assert photo.thumb_url not in Client().get(product.get_absolute_url()).content.decode()
    decide(review, approve=True)
    assert seen_by_others() == {200}
    assert photo.thumb_url in Client().get(product.get_absolute_url()).content.decode()
    decide(review, approve=False, reason="Ảnh của người khác")
    assert seen_by_others() == {404}


def test_photographs_of_spirits_are_behind_the_age_question() -> None:
    spirit, buyer = a_spirit(), a_buyer()
    review = ProductReview.objects.create(
        product=spirit, user=buyer, score=5, title="Êm", body="Êm", status=ProductReview.APPROVED
    )
    from shop.reviews.photos.keeping import add_photos

    [photo] = add_photos(review, [a_photograph()])
    grown_up = Client()
    grown_up.post("/du-18-tuoi/")
    assert Client().get(photo.thumb_url).status_code == 404
    assert grown_up.get(photo.thumb_url).status_code == 200


def test_four_at_most_those_that_are_there_counted(product: Product, buyer: User) -> None:
    client = signed_in(buyer)
    assert (
        send(client, product, *(a_photograph(size=(20, 20)) for _ in range(5))).status_code == 422
    )
    send(client, product, *(a_photograph(size=(20, 20)) for _ in range(3)))
    refused = send(client, product, *(a_photograph(size=(20, 20)) for _ in range(2)))
    assert refused.status_code == 422
    assert "nhiều nhất 4 ảnh" in refused.content.decode()
    first = ReviewPhoto.objects.all()[0]
    send(client, product, *(a_photograph(size=(20, 20)) for _ in range(2)), drop=[first.pk])
    assert ReviewPhoto.objects.count() == 4
    assert not ReviewPhoto.objects.filter(pk=first.pk).exists()


def test_what_is_no_picture_is_refused_by_name_and_the_words_stay(
    product: Product, buyer: User
) -> None:
    fake = SimpleUploadedFile("virus.jpg", b"MZ not a picture", "image/jpeg")
    response = send(signed_in(buyer), product, fake)
    page = response.content.decode()
    assert response.status_code == 422
    assert "virus.jpg" in page
    assert "Dẻo và thơm" in page
    assert not ProductReview.objects.exists()


def test_chosen_photographs_that_a_browser_forgets_are_asked_for_again(
    product: Product, buyer: User
) -> None:
    response = send(signed_in(buyer), product, a_photograph(), title="")
    assert "xin chọn lại ảnh" in response.content.decode()


def test_nobody_drops_the_photographs_of_another(product: Product, buyer: User) -> None:
    send(signed_in(buyer), product, a_photograph())
    photo, stranger = ReviewPhoto.objects.get(), a_buyer()
    a_received_order(product, buyer=stranger)
    assert send(signed_in(stranger), product, drop=[photo.pk]).status_code == 422
    assert ReviewPhoto.objects.filter(pk=photo.pk).exists()


def test_a_changed_photograph_is_words_that_nobody_read(product: Product, buyer: User) -> None:
    client = signed_in(buyer)
    send(client, product)
    seen = ProductReview.objects.get().version
    send(client, product, a_photograph())
    assert ProductReview.objects.get().version != seen


def test_files_go_with_the_buyer(
    product: Product, buyer: User, django_capture_on_commit_callbacks: Any
) -> None:
    send(signed_in(buyer), product, a_photograph())
    photo = ReviewPhoto.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        ProductReview.objects.all().delete()
    for file in (photo.file, photo.thumb):
        assert not file.storage.exists(file.name)
