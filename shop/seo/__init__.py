"""How search engines find the shop: sitemaps and robots.txt."""
