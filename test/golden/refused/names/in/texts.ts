/** @task */
function weird(): void {}
export { weird as "weird name" };

/** @task */
export function log(...args: [...texts: string[], at: Date]): void {}
