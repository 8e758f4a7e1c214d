"""What a worker costs an employer, when the real pay of the months is not there yet."""
