"""The demonstration employer: an invented association whose three years exercise every scheme."""
