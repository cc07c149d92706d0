from shop.communication.event_type import CommunicationEventType
from shop.communication.letters import Letter

from oscar.apps.communication.models import *  # noqa: F403  isort: skip

__all__ = ["CommunicationEventType", "Letter"]
