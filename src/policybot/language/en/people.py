"""English writes names with capitals: nothing to list."""

from policybot.language.people import People

PEOPLE = People(before_name="", behind_name="", body="", long_kinds=frozenset())
