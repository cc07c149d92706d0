"""What the gate for uploaded pictures refuses, in which words, and what it takes off."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from wagtail.images.forms import get_image_form

from catalogue.pictures import guard
from catalogue.pictures.models import Picture

GPS, ORIENTATION = 0x8825, 0x0112


def a_file(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **options)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A small PNG whose header promises far more pixels than it holds."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOISE = Image.effect_noise((300, 300), 90)


def half_a_jpeg() -> bytes:
    out = BytesIO()
    NOISE.save(out, "JPEG")
    return out.getvalue()[: len(out.getvalue()) // 2]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", b"%PDF-1.7 not a picture", "không phải ảnh"),
        ("a.gif", a_file("GIF"), "không phải ảnh"),
        ("a.jpg", SVG, "SVG"),
        ("a.png", a_file("JPEG"), "không khớp"),
        ("a.jpg", half_a_jpeg(), "hỏng"),
        ("a.png", png_claiming(7100, 7100), "50 triệu"),
        ("a.png", png_claiming(10_000, 10_000), "50 triệu"),
        ("a.png", png_claiming(60_000, 60_000), "50 triệu"),
        ("a.jpg", a_file() + b"\0" * guard.MAX_BYTES, "10 MB"),
    ],
    ids=["pdf", "gif", "svg", "ending", "truncated", "50MP", "bomb-warned", "bomb", "heavy"],
)
def test_what_is_no_good_picture_is_refused_in_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        guard.clean_picture(SimpleUploadedFile(name, content))
    assert words in refusal.value.messages[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_place_is_taken_off_and_picture_stands_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = a_file(kind, exif=exif.tobytes(), icc_profile=profile)
    upload = SimpleUploadedFile(f"a{guard.ENDINGS[kind][0]}", content)
    with Image.open(guard.clean_picture(upload)) as kept:
        assert kept.size == (20, 40)
        assert not kept.getexif()
        assert kept.info["icc_profile"] == profile


def test_place_is_taken_off_an_upright_photograph() -> None:
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    content = a_file(exif=exif.tobytes())
    assert Image.open(BytesIO(content)).getexif().get_ifd(GPS)
    with Image.open(guard.clean_picture(SimpleUploadedFile("a.jpg", content))) as kept:
        assert not kept.getexif()


def test_heic_of_a_telephone_becomes_jpeg() -> None:
    kept = guard.clean_picture(SimpleUploadedFile("IMG_1.HEIC", a_file("HEIF", (64, 64))))
    assert kept.name == "IMG_1.jpg"
    with Image.open(kept) as image:
        assert image.format == "JPEG"


@pytest.mark.django_db
def test_the_library_says_beside_the_field_why_it_refuses() -> None:
    form = get_image_form(Picture)({"title": "Ảnh"}, {"file": SimpleUploadedFile("a.jpg", SVG)})
    assert "SVG" in form.errors["file"][0]
