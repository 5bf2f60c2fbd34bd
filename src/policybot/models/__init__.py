"""The models: embedding, reading sentences and chat, and the weight files they are made of."""
