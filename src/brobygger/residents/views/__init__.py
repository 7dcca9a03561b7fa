"""The pages about residents."""
