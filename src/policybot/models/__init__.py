"""The models: embedding, reranking and chat, and the weight files they are made of."""
