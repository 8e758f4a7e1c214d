"""The memorandum: what the services lack, cost and wait for, summed so that none is recognised."""
