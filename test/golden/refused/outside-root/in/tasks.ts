/** @task */
export function inside(): void {}
