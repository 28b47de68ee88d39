import type { Gone } from "./gone.js";

/** @task */
export function log(entry: any, more: { context: unknown }, gone: Gone): void {}

/** @task */
export function broken(entry: () => void): void {}

/** @task { pure: true } */
export async function record(amount: number): Promise<void> {}

/** @task { pure: false } */
export function said(amount: number): void {}

/** @task { pure: true } */
export function perhaps(amount: number): number | undefined {}
