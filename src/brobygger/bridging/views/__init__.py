"""The pages of a bridge: `building` for the worker, `answering` for whoever holds a link."""
