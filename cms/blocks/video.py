"""Videos without a stranger's cookies: our own file, or a still that leads to the video's site."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from catalogue.pictures.specs import PAGE_SPECS
from cms.blocks.picture import PictureChooserBlock
from cms.pictures import shown_picture

#: Kinds of files that browsers play, by the ending of their names.
PLAYED = {"mp4": "video/mp4", "webm": "video/webm"}
_YOUTUBE_KEY = re.compile(r"[\w-]{11}")
_YOUTUBE = ("www.youtube.com", "youtube.com", "m.youtube.com", "www.youtube-nocookie.com")


@dataclass(frozen=True)
class VideoLink:
    """Where a video plays, without what its site adds to know who sent us."""

    site: str
    url: str


def video_link(address: str) -> VideoLink | None:
    """A video of YouTube or Vimeo by any of its addresses; None for everything else."""
    parts = urlsplit(address)
    pieces = [piece for piece in parts.path.split("/") if piece]
    if parts.scheme not in ("http", "https") or not (pieces or parts.query):
        return None
    if parts.hostname == "youtu.be":
        return _youtube(pieces[0])
    if parts.hostname in _YOUTUBE:
        if pieces[:1] == ["watch"]:
            return _youtube(parse_qs(parts.query).get("v", [""])[0])
        if len(pieces) == 2 and pieces[0] in ("embed", "shorts", "live"):
            return _youtube(pieces[1])
    if parts.hostname in ("vimeo.com", "www.vimeo.com", "player.vimeo.com"):
        key = next((piece for piece in pieces if piece.isdigit()), "")
        return VideoLink("Vimeo", f"https://vimeo.com/{key}?dnt=1") if key else None
    return None


def _youtube(key: str) -> VideoLink | None:
    if not _YOUTUBE_KEY.fullmatch(key):
        return None
    return VideoLink("YouTube", f"https://www.youtube.com/watch?v={key}")


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tên video"), max_length=150)
    still = PictureChooserBlock(label=_("Ảnh bìa"))
    file = DocumentChooserBlock(
        label=_("Tệp của mình"), required=False, help_text=_("MP4 hoặc WebM; phát ngay trên trang.")
    )
    url = blocks.URLBlock(
        label=_("Hoặc đường dẫn YouTube, Vimeo"),
        required=False,
        help_text=_("Trang chỉ hiện ảnh bìa; người xem bấm thì mở ở nơi đăng video."),
    )
    note = blocks.CharBlock(label=_("Lời dưới video"), max_length=250, required=False)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        file, url = value.get("file"), value.get("url")
        if not file and not url:
            raise blocks.StructBlockValidationError(
                {"file": ValidationError(gettext("Hãy chọn một tệp hoặc ghi đường dẫn."))}
            )
        if file and file.file_extension.lower() not in PLAYED:
            raise blocks.StructBlockValidationError(
                {"file": ValidationError(gettext("Tệp video phải là MP4 hoặc WebM."))}
            )
        if url and video_link(url) is None:
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(gettext("Hãy ghi đường dẫn của YouTube hoặc Vimeo."))}
            )
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        still, file = value.get("still"), value.get("file")
        kind = PLAYED.get(file.file_extension.lower(), "") if file else ""
        context["shown"] = shown_picture(still, PAGE_SPECS)
        context["credit"] = still.credit if still else ""
        context["file_url"], context["file_kind"] = (file.url if kind else ""), kind
        context["link"] = None if kind else video_link(value.get("url") or "")
        return context

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"
        preview_value = {
            "title": "Một ngày làm long nhãn",
            "url": "https://www.youtube.com/watch?v=abcdefghijk",
        }
