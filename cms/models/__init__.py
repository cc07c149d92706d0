"""What is told: one file for each kind of page."""

from cms.models.base import BasePage
from cms.models.campaign import CampaignPage
from cms.models.campaign_index import CampaignIndexPage
from cms.models.demo import LoadedDemo
from cms.models.event import EventPage
from cms.models.event_index import EventIndexPage
from cms.models.gift import GiftPage
from cms.models.gift_index import GiftIndexPage
from cms.models.home import HomePage
from cms.models.place import PlacePage
from cms.models.place_index import PlaceIndexPage
from cms.models.section import PromoterSection, SectionPage
from cms.models.standard import StandardPage
from cms.models.story import StoryPage
from cms.models.story_index import StoryIndexPage

__all__ = [
    "BasePage",
    "CampaignIndexPage",
    "CampaignPage",
    "EventIndexPage",
    "EventPage",
    "GiftIndexPage",
    "GiftPage",
    "HomePage",
    "LoadedDemo",
    "PlaceIndexPage",
    "PlacePage",
    "PromoterSection",
    "SectionPage",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
]
