"""How the rows of a leaf are erased: one file per strategy, and the choice between them."""
