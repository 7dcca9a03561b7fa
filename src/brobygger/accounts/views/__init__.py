"""Pages at the door: the way in, step by step; one's own access; who is in the house; who may what."""
