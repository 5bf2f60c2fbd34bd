"""The web server: the page, the interfaces for programs, and the door in front of both."""

from policybot.server.app import Interfaces, create_app, interfaces
from policybot.server.door import Door
from policybot.server.serving import check_door, listen, reserve, serve

__all__ = ["Door", "Interfaces", "check_door", "create_app", "interfaces", "listen", "reserve", "serve"]
