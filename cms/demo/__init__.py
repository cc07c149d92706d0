"""The demo shop: nine products of Lục Nam with their makers, places, stories and boxes."""
