"""The "only if" rules of the process page: each reads facts, names its sections, answers None or a Refusal."""
