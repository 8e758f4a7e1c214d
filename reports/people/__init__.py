"""What is held on a person: shown, exported, kept as long as it must be, then erased."""
