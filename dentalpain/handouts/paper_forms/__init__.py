"""The blank paper form of a questionnaire, with the item numbers of its answers file."""
