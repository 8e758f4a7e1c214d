"""What a dossier that was sent would ask today: a complement to claim, or money to give back."""
