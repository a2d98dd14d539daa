"""One module for each format. Every renderer gets what shapes its output as an argument and reads nothing else."""
