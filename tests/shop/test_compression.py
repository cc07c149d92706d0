"""What is compressed on its way, and what is not."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse

from shop.compression import TextCompressionMiddleware

LONG = b"Phi\xc3\xaan ch\xe1\xbb\xa3 " * 200


def answer(kind: str) -> HttpResponse:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip, br"
    middleware = TextCompressionMiddleware(lambda _request: HttpResponse(LONG, content_type=kind))
    response = middleware(request)
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize(
    "kind",
    ["text/html; charset=utf-8", "text/css", "text/javascript", "image/svg+xml", "application/xml"],
)
def test_words_travel_compressed(kind: str) -> None:
    response = answer(kind)
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == LONG


@pytest.mark.parametrize("kind", ["image/avif", "font/woff2", "application/pdf"])
def test_what_is_small_already_is_left_alone(kind: str) -> None:
    response = answer(kind)
    assert "Content-Encoding" not in response
    assert response.content == LONG
