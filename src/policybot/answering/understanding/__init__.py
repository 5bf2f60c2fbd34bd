"""What a question asks for: its intent, what it compares, the documents it names, what it takes for granted."""
