"""What `jieli doctor` looks at. The list of all checks stands in `examination.py`."""
