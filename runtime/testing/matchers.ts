/** What a test may expect of a handle, for `expect.extend(matchers)` in vitest and jest. */
import type { TaskState } from "../messages.js";
import type { AsyncResult } from "../result/result.js";

/** What a test runner gives its matchers. */
interface Judge {
  equals(found: unknown, expected: unknown): boolean;
  readonly utils: { stringify(value: unknown): string };
}

interface Verdict {
  readonly pass: boolean;
  message(): string;
  /** From these a test runner makes a diff. */
  readonly actual?: unknown;
  readonly expected?: unknown;
}

// handle -> what it resolves to
type ValueOf<Handle> = Handle extends AsyncResult<infer Out> ? Out : unknown;

/** What a failure may be told by: part of its message, a pattern, its class, or an object it looks like. */
export type ExpectedFailure = string | RegExp | (new (...args: never[]) => Error) | object;

/** The matchers' types, to be added to the test runner's own. */
export interface TaskMatchers<Handle = unknown> {
  /** It has succeeded, with this value. */
  toHaveSucceededWith(expected: ValueOf<Handle>): Promise<void>;
  /** It has failed or was revoked, with this error, which may be the cause of another. */
  toHaveFailedWith(expected: ExpectedFailure): Promise<void>;
  /** It is in this state now. */
  toHaveState(expected: TaskState): Promise<void>;
}

/** For `expect.extend(matchers)`. None of them waits: `settle()` or `advance()` first. */
export const matchers = {
  async toHaveSucceededWith(this: Judge, handle: AsyncResult<unknown>, expected: unknown): Promise<Verdict> {
    const end = await endOf(handle);
    const pass = end.kind === "value" && this.equals(end.value, expected);
    const message = () => say(this, handle, { pass, wanted: `succeed with ${show(this, expected)}`, end });
    return { pass, message, ...(end.kind === "value" && { actual: end.value, expected }) };
  },

  async toHaveFailedWith(this: Judge, handle: AsyncResult<unknown>, expected: ExpectedFailure): Promise<Verdict> {
    const end = await endOf(handle);
    const pass = end.kind === "error" && causes(end.error).some((error) => isLike(this, error, expected));
    return { pass, message: () => say(this, handle, { pass, wanted: `fail with ${show(this, expected)}`, end }) };
  },

  async toHaveState(this: Judge, handle: AsyncResult<unknown>, expected: TaskState): Promise<Verdict> {
    const state = await handle.state();
    const pass = state === expected;
    return { pass, message: () => `expected ${handle.id} ${pass ? "not " : ""}to be ${expected}; it is ${state}` };
  },
};

/** How a handle stands. */
type End =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "error"; readonly error: unknown }
  | { readonly kind: "open"; readonly state: TaskState };

async function endOf(handle: AsyncResult<unknown>): Promise<End> {
  const state = await handle.state();
  if (state === "PENDING" || state === "STARTED" || state === "RETRY") return { kind: "open", state };
  try {
    return { kind: "value", value: await handle.get() };
  } catch (error) {
    return { kind: "error", error };
  }
}

/** An error and what caused it, outermost first. */
function causes(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : [];
}

/** A class is told by its name too: what was thrown elsewhere has arrived as a plain Error of that name. */
function isLike(judge: Judge, error: Error, expected: ExpectedFailure): boolean {
  if (typeof expected === "string") return error.message.includes(expected);
  if (expected instanceof RegExp) return expected.test(error.message);
  if (typeof expected === "function") return error instanceof expected || error.name === expected.name;
  if (expected instanceof Error) return error.name === expected.name && error.message === expected.message;
  return judge.equals(error, expected);
}

function say(
  judge: Judge,
  { id }: AsyncResult<unknown>,
  { pass, wanted, end }: { readonly pass: boolean; readonly wanted: string; readonly end: End },
): string {
  return `expected ${id} ${pass ? "not " : ""}to ${wanted}; ${found(judge, end)}`;
}

function found(judge: Judge, end: End): string {
  switch (end.kind) {
    case "value":
      return `it succeeded with ${judge.utils.stringify(end.value)}`;
    case "error":
      return `it failed: ${causes(end.error)
        .map(({ name, message }) => `${name}: ${message}`)
        .join(", because of ")}`;
    case "open":
      return `it is ${end.state}: await settle() for what can run now, advance() for what waits for a time`;
  }
}

function show(judge: Judge, expected: unknown): string {
  if (typeof expected === "function") return expected.name;
  return expected instanceof RegExp ? String(expected) : judge.utils.stringify(expected);
}
