import { task } from "tqc";

/** @task { que: "images", maxRetries: "5", priority: 12 } */
export function a(): void {}

/** @task { timeLimit: "soon", rateLimit: "5 per second", retryOn: "Error", aliases: [1], retryJitter: 1 } */
export function b(): void {}

/** @task { softTimeLimit: "2m", timeLimit: "1m" } */
export function c(): void {}

/** @task { schedule: "0 4 * * 1", every: "1h", timezone: "Mars/Base" } */
export function d(): void {}

/** @task { every: "1h" } */
export function e(folder: string): void {}

/** @task { queue: "a", queue: "b" } */
export function f(): void {}

/** @task { name: "send mail", as: "2fast", queue: "a b" } */
export function g(): void {}

export const h = task({ queue: process.env["QUEUE"] ?? "io", retries: 3 }, () => 1);

const dynamic = { queue: "io" };
export const i = task({ ...dynamic }, () => 1);

/** @task { schedule: "sometimes" } */
export function j(): void {}
