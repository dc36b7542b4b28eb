"""What the State says of a delivery: confirmation, evaluation, and what became of it later."""
