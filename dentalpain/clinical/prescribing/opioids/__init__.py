"""Rules about opioids."""
