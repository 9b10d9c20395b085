"""Facts and verdicts in words, JSON and pictures. Pure: nothing here opens or fetches anything."""
