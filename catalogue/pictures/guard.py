"""The one gate for uploaded pictures: what is refused, and what is taken off before keeping."""

import warnings
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
#: What a file may hold, as Pillow names it, and the endings its name may then have.
ENDINGS = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "HEIF": (".heic", ".heif"),
}
#: How much of a file is looked at for an SVG, which has no fixed first bytes.
SVG_HEAD = 4096


def clean_picture(upload: UploadedFile) -> UploadedFile:
    """`upload` upright and without its EXIF and XMP (place, camera); colour profile kept.

    HEIC becomes JPEG, since few browsers show it. Raises ValidationError, in words for the
    person who chose the file, when it is no whole picture of an allowed kind and size.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("Ảnh nặng quá 10 MB. Hãy chọn ảnh nhẹ hơn."), code="too_heavy")
    upload.seek(0)
    content = upload.read()
    if b"<svg" in content[:SVG_HEAD].lower():
        raise ValidationError(
            _("Không nhận ảnh SVG vì có thể chứa mã chạy được. Hãy dùng JPEG, PNG hoặc WebP."),
            code="svg",
        )
    image, kind = _opened(content)
    _check_ending(upload.name or "", kind)
    try:
        image.load()
    except Exception as error:  # Decoders raise many kinds for damaged data.
        raise ValidationError(
            _("Ảnh bị hỏng hoặc tải lên chưa hết. Hãy chọn lại ảnh gốc."), code="broken"
        ) from error
    return _kept(image, kind, PurePath(upload.name or "").stem)


def _opened(content: bytes) -> tuple[Image.Image, str]:
    """The picture, its header read and nothing decoded, and its kind."""
    too_large = ValidationError(
        _("Ảnh có quá 50 triệu điểm ảnh. Hãy thu nhỏ ảnh rồi tải lại."), code="too_large"
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=tuple(ENDINGS))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise too_large from error
    except Exception as error:
        raise ValidationError(
            _("Tệp này không phải ảnh JPEG, PNG, WebP, AVIF hoặc HEIC."), code="not_a_picture"
        ) from error
    # A telephone's JPEG with a second, smaller picture behind it is opened as MPO.
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    if image.width * image.height * frames > MAX_PIXELS:
        raise too_large
    return image, kind


def _check_ending(name: str, kind: str) -> None:
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS[kind]:
        raise ValidationError(
            _("Đuôi tệp “%(ending)s” không khớp với ảnh %(kind)s. Hãy đổi thành %(right)s.")
            % {"ending": ending, "kind": kind, "right": ENDINGS[kind][0]},
            code="wrong_ending",
        )


def _kept(image: Image.Image, kind: str, stem: str) -> UploadedFile:
    turned = image.getexif().get(0x0112, 1) != 1
    profile = image.info.get("icc_profile")
    # In place: a second copy of twelve megapixels is as much memory again. pillow-heif turns a
    # HEIC upright itself when it opens one.
    ImageOps.exif_transpose(image, in_place=True)
    upright = image
    target = "JPEG" if kind == "HEIF" else kind
    if target == "JPEG" and upright.mode not in ("RGB", "L", "CMYK"):
        upright = upright.convert("RGB")
    options: dict = {"quality": 95}
    if target == "PNG":
        options = {}
    elif image.format == "JPEG" and not turned:
        # The same tables: nothing is lost by writing it again.
        options = {"quality": "keep"}
    upright.info = (
        {"transparency": image.info["transparency"]} if "transparency" in image.info else {}
    )
    out = BytesIO()
    upright.save(out, target, icc_profile=profile, **options)
    name = f"{stem}{ENDINGS[target][0]}"
    return SimpleUploadedFile(name, out.getvalue(), Image.MIME[target])
