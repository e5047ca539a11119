"""Content files -> frozen core types, or an error with file and line: see folder.py."""
