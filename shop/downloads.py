"""Files that pages make and people take home."""

from django.http import HttpResponse

PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_download(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """`content` as a file of that kind, to be kept under `name`, plain letters."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
