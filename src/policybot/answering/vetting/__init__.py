"""What a written sentence must pass beside the check."""
