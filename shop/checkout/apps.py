import oscar.apps.checkout.apps as apps
from django.urls import URLPattern, path


class CheckoutConfig(apps.CheckoutConfig):
    name = "shop.checkout"

    def ready(self) -> None:
        """One page of ours: none of Oscar's step views is looked up."""

    def get_urls(self) -> list[URLPattern]:
        from shop.checkout.views import CheckoutView

        urls = [path("", CheckoutView.as_view(), name="index")]
        return self.post_process_urls(urls)
