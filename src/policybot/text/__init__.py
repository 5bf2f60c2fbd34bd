"""What is read out of any text, without an index or a model: tokens, sentences, figures, dates, names of things."""
