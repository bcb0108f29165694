"""The committee: who may do what when, reviews and their disagreement, decisions; written in the log of the store."""
