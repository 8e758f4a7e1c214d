"""The demonstration federation: forty invented employers whose three years use every scheme."""
