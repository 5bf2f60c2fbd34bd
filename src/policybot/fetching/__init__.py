"""Fetching: an address on the web becomes bytes, within bounds of size, time and place.

``Fetcher`` keeps to robots.txt and to a pace, follows redirects, and connects to no network that its rules do not
allow: each address is checked when the connection is made, whatever a name resolved to before.
"""

from policybot.fetching.addresses import Resolver, Rules
from policybot.fetching.feeds import Entry, entries_of
from policybot.fetching.fetcher import Bounds, Fetched, Fetcher, Validators

__all__ = ["Bounds", "Entry", "Fetched", "Fetcher", "Resolver", "Rules", "Validators", "entries_of"]
