"""The engines: a readable reference on SimPy, and the integer rules every engine shares."""
