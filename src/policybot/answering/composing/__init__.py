"""The kinds of answers, and how each is composed from the evidence."""
