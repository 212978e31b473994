"""The benchmarks: what a request costs every stack, measured so that noise is not ranked."""
