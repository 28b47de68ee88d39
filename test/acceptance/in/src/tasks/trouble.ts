import { appendFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { currentTask, type Settled, type TaskFailure } from "tqc";
import { add, chain, group } from "../tasks.gen.js";

class Refused extends Error {
  override readonly name = "Refused";
  constructor(
    message: string,
    readonly extra: number,
  ) {
    super(message);
  }
}

/** @task */
export function refuse(message: string): number {
  throw new Refused(message, 42);
}

/** @task */
export function shout(message: string): number {
  throw message;
}

/** @task */
export function lie(): number {
  return JSON.parse('"text"') as number;
}

/** @task { maxRetries: 1, retryBackoff: 5, retryJitter: false } */
export function secondTime(): number {
  if (currentTask().attempt === 0) throw new Error("first");
  return currentTask().attempt;
}

/** @task { maxRetries: 2, retryBackoff: 5, retryOn: ["Other"] } */
export function notThat(): number {
  throw new Refused("not that", currentTask().attempt);
}

/** @task { maxRetries: 2 } */
export function again(): number {
  const { attempt, retry } = currentTask();
  if (attempt < 2) retry({ countdown: 5 });
  return attempt;
}

/** @task { timeLimit: 40 } */
export async function slow(): Promise<number> {
  return after(5_000, 1, { ref: false });
}

/** @task */
export async function wait(): Promise<string> {
  const { signal } = currentTask();
  return after(60_000, "waited", { signal });
}

/** @task */
export async function steps(count: number): Promise<number> {
  for (let done = 1; done <= count; done += 1) {
    currentTask().progress(done, count);
    await after(5);
  }
  return count;
}

/** @task */
export function tenfold(value: number): Promise<number> {
  return currentTask().replace(chain(add.s(value, 0), add.s(value * 9)));
}

/** @task */
export function pair(value: number): Promise<number[]> {
  return currentTask().replace(group([add.s(value, 1), add.s(value, 2)]));
}

/** @task */
export function fine(outcomes: Settled<number>[]): string {
  return outcomes.map((one) => (one.ok ? `${one.value}` : `${one.error.task}: ${one.error.error.message}`)).join("; ");
}

/** @task */
export function note(value: number, about: string): void {
  record(about, value);
}

/** @task */
export function alarm(failure: TaskFailure, about: string): void {
  record(about, failure);
}

function record(about: string, value: unknown): void {
  appendFileSync(process.env.JOURNAL ?? "journal", `${JSON.stringify([about, value])}\n`);
}
