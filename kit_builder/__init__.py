"""Builds meeting kits: load → validate → plan → render → publish. See build.py for the whole story."""
