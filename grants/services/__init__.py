"""What happens to an award in its life: renewed, amended, its instalments expected."""
