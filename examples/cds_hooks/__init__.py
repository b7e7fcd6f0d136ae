"""A host that answers CDS Hooks and nothing else."""
