"""Question understanding: framing, intent, comparands, named documents and presuppositions."""
