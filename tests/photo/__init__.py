"""A package, so that pytest finds ``photo_files`` above it under every import mode."""
