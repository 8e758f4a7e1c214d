"""What the federation reads of cash: sums over the services that take part, small cells hidden."""
