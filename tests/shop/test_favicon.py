from django.test import Client


def test_browsers_that_ask_on_their_own_find_the_shops_icon() -> None:
    assert Client().get("/favicon.ico")["Location"] == "/static/favicon.svg"
