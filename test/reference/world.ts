/** The tasks of random canvases, once as the interpreter calls them and once as a worker does. */
import type { TaskContract, TaskOptions } from "../../runtime/manifest.js";
import { FAILURE, type World } from "./interpreter.js";

/** `note` returns its arguments, so that a value tells the whole flow; `boom` fails with its own label. */
export function tasks(calls: World["calls"]): World["tasks"] {
  const noted =
    (task: string, run: (...args: readonly unknown[]) => unknown) =>
    (...args: readonly unknown[]) => {
      calls.push([task, ...args.map(withoutFailures)]);
      return run(...args.map(withoutFailures));
    };
  return {
    note: noted("note", (...args) => args),
    boom: noted("boom", (...args) => {
      throw new Error(`boom ${String(args.at(-1))}`);
    }),
  };
}

/** A TaskFailure, wherever it stands, as the interpreter writes it: what it says of times and ids is not compared. */
export function withoutFailures(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFailures);
  if (typeof value !== "object" || value === null) return value;
  if ("taskId" in value && "error" in value) return FAILURE;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutFailures(each)]));
}

/** What the compiler would have written of a task that takes anything. */
export function contract(name: string, options: Pick<TaskOptions, "pure"> = {}): TaskContract {
  return {
    name,
    module: "world.ts",
    export: name,
    builder: name,
    parameters: [{ name: "args", rest: true, schema: true, text: "...args: unknown[]" }],
    result: true,
    returns: "unknown",
    options,
    fingerprint: `${name}-1`,
    codec: "superjson",
  };
}
