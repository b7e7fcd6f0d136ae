"""Documents for patients: the content as plain data, the tagged PDF and the HTML twin made from it."""
