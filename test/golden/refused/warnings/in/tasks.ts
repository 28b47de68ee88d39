import type { Gone } from "./gone.js";

/** @task */
export function log(entry: any, more: { context: unknown }, gone: Gone): void {}

/** @task */
export function broken(entry: () => void): void {}
