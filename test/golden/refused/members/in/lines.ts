class Hidden { /** @task */ static run(x: number): number { return x; } }
