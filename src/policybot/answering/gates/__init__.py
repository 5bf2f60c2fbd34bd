"""Decisions that end or relabel an answer; each says whether it fired, and why."""
