/** A few contracts, and an origin that remembers what it was asked to submit. */

import type { Origin } from "../../runtime/canvas/origin.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { treeOf } from "../../runtime/canvas/value.js";
import type { Parameter, TaskContract } from "../../runtime/manifest.js";
import type { AsyncResult } from "../../runtime/result/result.js";

/** What was submitted, with which arguments. */
export interface Sent {
  readonly tree: Tree;
  readonly given: readonly unknown[];
}

/** An origin whose submissions can be looked at. */
export class Notebook implements Origin {
  readonly sent: Sent[] = [];
  readonly applied: Sent[] = [];
  readonly #contracts = new Map<string, TaskContract>();

  declare(contract: TaskContract): void {
    this.#contracts.set(contract.name, contract);
  }

  contract(name: string): TaskContract | undefined {
    return this.#contracts.get(name);
  }

  async submit(tree: Tree, given: readonly unknown[]): Promise<AsyncResult<unknown>> {
    this.sent.push({ tree, given });
    return {} as AsyncResult<unknown>;
  }

  async apply(tree: Tree, given: readonly unknown[]): Promise<unknown> {
    this.applied.push({ tree, given });
    return undefined;
  }
}

/** A contract from texts such as "x: number", "digits?: number", "...parts: string[]". */
export function contract(builder: string, takes: readonly string[], returns: string): TaskContract {
  return {
    name: `tasks.${builder}`,
    module: "tasks.ts",
    export: builder,
    builder,
    parameters: takes.map(parameter),
    result: true,
    returns,
    options: {},
    fingerprint: builder,
    codec: "json",
  };
}

function parameter(text: string): Parameter {
  const name = /^(?:\.\.\.)?(\w+)/.exec(text)?.[1] ?? text;
  return {
    name,
    schema: true,
    text,
    ...(text.startsWith("...") && { rest: true }),
    ...(/^\w+\?/.test(text) && { optional: true }),
  };
}

/** A signature in one line: `chain(add(2, 3), mul(4))`, `add!(1)` where immutable, `_` where open by name. */
export function show(value: unknown): string {
  const tree = treeOf(value);
  return tree ? line(tree) : "no signature";
}

/** {@link show} for a tree. */
export function line(tree: Tree): string {
  switch (tree.kind) {
    case "call": {
      const args = tree.args.map((each, i) => (tree.open?.includes(i) ? "_" : JSON.stringify(each)));
      const mode = tree.mode === "call" ? "" : `.${tree.mode}`;
      return `${tree.task.replace("tasks.", "")}${mode}${tree.immutable ? "!" : ""}(${args.join(", ")})`;
    }
    case "chain":
      return `chain(${tree.steps.map(line).join(", ")})`;
    case "group":
      return `group(${Array.isArray(tree.members) ? tree.members.map(line).join(", ") : "..."})`;
    case "chord":
      return `chord(${line(tree.header)} -> ${line(tree.body)})`;
  }
}
