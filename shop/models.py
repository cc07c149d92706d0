from shop.seller import SellerIdentity

__all__ = ["SellerIdentity"]
