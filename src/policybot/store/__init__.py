"""What is kept in the data folder: the catalogue, vectors, records of answers, quotes, accounts."""
