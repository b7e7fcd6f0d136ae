"""Rules about any medicine, and what several families read: MAO inhibitors, serotonin, what was stopped lately."""
