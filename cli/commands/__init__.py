"""The commands, a file each; only the one that is called is imported."""
