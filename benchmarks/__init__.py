"""Speed, each figure beside its peer or its limit, as ratios of one run: `make bench`."""
