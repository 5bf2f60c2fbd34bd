"""The gates: each may abstain or change the kind of answer, and records its decision."""
