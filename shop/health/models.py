from shop.health.beats import Beat

__all__ = ["Beat"]
