"""Drawings from elsewhere: read as a stream, cleaned, and drawn as a picture by a process that can be stopped."""
