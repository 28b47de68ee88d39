/** Builders over a notebook, typed as the generated module would type them. */
import { byName, createTask, reviver, type Signature, type Task } from "tqc";
import { contract, Notebook } from "./world.js";

type Loose = Signature<unknown[], never>;
interface Builder extends Task<never, unknown, unknown> {
  s(...args: readonly unknown[]): Loose;
  si(...args: readonly unknown[]): Loose;
  delay(...args: readonly unknown[]): Promise<unknown>;
}
/** A builder without the guard of its types: what the run time refuses is what is tested. */
export type LooseBuilder = Omit<Builder, "partial" | "map" | "starmap" | "chunks" | "applyAsync" | "apply"> & {
  partial(given: object): Loose;
  map(items: Iterable<unknown>): Loose;
  starmap(tuples: Iterable<readonly unknown[]>): Loose;
  chunks(tuples: Iterable<readonly unknown[]>, size: number): Loose;
  applyAsync(args?: readonly unknown[], options?: object): Promise<unknown>;
  apply(...args: readonly unknown[]): Promise<unknown>;
};

export const app = new Notebook();
const make = (name: string, takes: readonly string[], returns: string) =>
  createTask<LooseBuilder>(app, contract(name, takes, returns));

export const add = make("add", ["x: number", "y: number"], "number");
export const mul = make("mul", ["x: number", "y: number"], "number");
export const upper = make("upper", ["text: string"], "string");
export const sum = make("sum", ["list: number[]"], "number");
export const fmt = make("fmt", ["n: number", "digits?: number", "locale?: string"], "string");
export const join = make("join", ["separator: string", "...parts: string[]"], "string");
export const ping = make("ping", [], '"pong"');
export const log = make("log", ["message: string"], "void");
export const signature = byName<Record<never, never>>(app) as unknown as (
  name: string,
  args?: readonly unknown[],
  options?: object,
) => Loose;
export const maybeSignature = reviver(app);
