"""Uploads, where no other server gives them out: whatever they are, they run nothing."""

import posixpath
from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

#: What a browser may show; anything else, SVG with its scripts too, it only saves.
SHOWN = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
POLICY = "default-src 'none'; sandbox"
#: Documents have a view of their own, which asks who may read them.
NOT_HERE = ("documents/",)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    # As `serve` will read it: `x/../documents/` is `documents/`.
    if posixpath.normpath(path).lstrip("/").startswith(NOT_HERE):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    file = PurePosixPath(path)
    kind = SHOWN.get(file.suffix.lower())
    response["Content-Type"] = kind or "application/octet-stream"
    response["Content-Security-Policy"] = POLICY
    if kind is None:
        response["Content-Disposition"] = "attachment"
    return response
