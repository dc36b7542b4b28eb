"""Activities once their plan was agreed: when they are held, by whom they are attended, what comes of them."""
