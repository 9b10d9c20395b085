"""What authors of search services need."""
