"""The parts of benchmarks/bench_load.py: a province to ask, who asks, what is measured."""
