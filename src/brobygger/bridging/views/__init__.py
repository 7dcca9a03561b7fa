"""The pages of a bridge: `building` for the worker, `answering` for whoever holds a link; and of the other
way: `asking` for the partner, `triage` for us."""
