"""What every measurement leans on: environments, processes, runs, results. It imports no measurement."""
