/** @task { schedule: "*/5 * * * *" } */
export function sweep(): void {}

/**
 * Reports at every second hour.
 * @task { queue: "slow", schedule: '0 */2 * * *', timezone: "Europe/Vienna" }
 */
export function report(): void {}

/** @task { queue: "*/x" } */
export function other(): void {}
