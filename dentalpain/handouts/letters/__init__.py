"""Letters to other clinicians, made from one assessment: the same facts, the same verdicts, and what is not known."""
