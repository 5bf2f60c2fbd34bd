"""PolicyBot: the Python API, the parts that serve one index, conversations, and the LangChain integration."""
