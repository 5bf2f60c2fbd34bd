"""The kinds of answers and how each is made of the evidence."""
