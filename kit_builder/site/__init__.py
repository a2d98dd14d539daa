"""The website: pages with the data merged in, built by MkDocs from staged files."""
