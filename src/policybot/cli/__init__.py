"""The terminal: ``policybot COMMAND``.

serve, ask, search, chat; index, watch, changes, documents; backup, restore; mcp, users, keys, eval, doctor.

Exit codes: 0 done; 1 it could not be done, the message on standard error says why and what to do next;
2 the command was not understood; 130 stopped with Ctrl-C.
"""

from policybot.cli.commands import main

__all__ = ["main"]
