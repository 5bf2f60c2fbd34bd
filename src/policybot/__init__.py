"""policybot: answers about policy documents that cite every sentence."""
