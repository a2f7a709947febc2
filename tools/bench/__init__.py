"""Benchmarks: an invented register of any size, habeas's answers over it, and its peers'.

No part of the package and of `make test`. `make bench` writes `BENCHMARKS.md`; `generate` alone
writes a log. All persons, outlets and states in here are invented.
"""
