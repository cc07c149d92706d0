"""One folder per way of paying: everything of it inside. `shop/payment/registry.py` lists them."""
