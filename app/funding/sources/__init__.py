"""Sources of money and of contributions in kind, each with its ledger."""
