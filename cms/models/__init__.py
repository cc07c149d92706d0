"""What is told: one file for each kind of page."""

from cms.models.base import BasePage
from cms.models.demo import LoadedDemo
from cms.models.gift import GiftPage
from cms.models.gift_index import GiftIndexPage
from cms.models.home import HomePage
from cms.models.place import PlacePage
from cms.models.place_index import PlaceIndexPage
from cms.models.standard import StandardPage
from cms.models.story import StoryPage
from cms.models.story_index import StoryIndexPage

__all__ = [
    "BasePage",
    "GiftIndexPage",
    "GiftPage",
    "HomePage",
    "LoadedDemo",
    "PlaceIndexPage",
    "PlacePage",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
]
