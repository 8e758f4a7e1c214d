"""The radar of an organisation: what several funders are asked to pay, across all of its awards."""
