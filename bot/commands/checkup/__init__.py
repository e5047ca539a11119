"""What ``python -m bot doctor`` examines, a file a subject."""
