/**
 * `task`: marks a function as a task, as a decorator (`@task`, `@task()`, `@task({ … })` on a static method) or around a
 * function. The compiler reads the mark from the source; at run time the function stays the very same ordinary function.
 */
import type { TaskOptions } from "./manifest.js";

/** Any function that can be a task. Parameters are contravariant, so `never` admits them all. */
// biome-ignore lint/suspicious/noConfusingVoidType: a task may return nothing
type Implementation = (...args: never[]) => unknown | void;

/** Where a task decorator may stand: on a public static method. */
export type TaskMethodContext = ClassMethodDecoratorContext & { readonly static: true; readonly private: false };

/** What `@task({ … })` is applied to a static method as. */
export type TaskDecorator = <F extends Implementation>(method: F, context: TaskMethodContext) => void;

/** `task({ queue: "io" }, async (url: string) => …)`: a task with options. Gives back the function itself. */
export function task<F extends Implementation>(options: TaskOptions, implementation: F): F;
/** `@task` on a static method. */
export function task<F extends Implementation>(method: F, context: TaskMethodContext): void;
/** `task(() => "pong")`: a task with the default options. Gives back the function itself. */
export function task<F extends Implementation>(implementation: F, nothing?: undefined): F;
/** `@task()` or `@task({ … })` on a static method. */
export function task(options?: TaskOptions): TaskDecorator;
export function task(first?: TaskOptions | Implementation, second?: unknown): unknown {
  if (typeof second === "function") return second;
  if (typeof first !== "function") return decorate;
  return second === undefined ? first : decorate(first, second);
}

/** Checks where the decorator stands, and leaves the method as it is. */
function decorate(_method: unknown, context: unknown): void {
  const where = context as Partial<TaskMethodContext>;
  if (where?.kind === "method" && where.static && !where.private) return;
  throw new TypeError(
    `@task stands on ${describe(where)}; it belongs on a public static method, or as a JSDoc tag on an exported function`,
  );
}

function describe({ kind, name, private: hidden }: Partial<TaskMethodContext>): string {
  if (kind === undefined) return "something that is not a class member";
  if (kind !== "method") return `the ${String(kind)} '${String(name)}'`;
  return `the ${hidden ? "private" : "instance"} method '${String(name)}'`;
}
