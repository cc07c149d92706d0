"""“Báo tôi khi có hàng”: asking for it, confirming it by letter, being told once."""
