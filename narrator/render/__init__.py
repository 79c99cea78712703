"""Values in, characters out: one file a format."""
