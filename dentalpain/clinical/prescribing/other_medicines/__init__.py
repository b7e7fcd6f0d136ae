"""Rules about muscle relaxants, triptans, botulinum toxin and suzetrigine."""
