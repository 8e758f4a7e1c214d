"""The trail as people read it: the history of a row, the journal of an organisation, its seals."""
