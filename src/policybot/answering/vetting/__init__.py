"""Vetters: the demands on each sentence that the chat model writes."""
