"""The part of other States in an activity: what they are told, what they answer. They never see the case."""
