"""The first page of the day: what presses, what each dossier lacks, what has not been paid."""
