"""The web server: the page, the interfaces for programs, and the door in front of both."""

from typing import TYPE_CHECKING

from policybot.lazy import lazily

if TYPE_CHECKING:
    from policybot.server.app import Interfaces, create_app, interfaces
    from policybot.server.door import Door
    from policybot.server.serving import check_door, listen, reserve, serve

__all__ = ["Door", "Interfaces", "check_door", "create_app", "interfaces", "listen", "reserve", "serve"]

__getattr__, __dir__ = lazily(
    __name__,
    {
        "policybot.server.app": ["Interfaces", "create_app", "interfaces"],
        "policybot.server.door": ["Door"],
        "policybot.server.serving": ["check_door", "listen", "reserve", "serve"],
    },
)
