/**
 * What the types refuse, the run time refuses in the same words: for programs that are not type-checked. It looks at how
 * many arguments a step takes; whether their types fit is seen when they are sent.
 */
import type { TaskContract } from "../manifest.js";
import type { Origin } from "./origin.js";
import type { CallTree, Tree } from "./tree.js";

/** Under this key a builder tells its name, so that it can be told from a signature. */
export const builderName = Symbol("tqc.builder");

/** Why a value is no signature: most often it is a builder, and `.s(...)` is missing. */
export function notASignature(value: unknown): string {
  const name = nameOfBuilder(value);
  return name === undefined
    ? "not a signature: a task's signature is made by .s(...)"
    : `${name} is a builder, not a signature: use ${name}.s(...)`;
}

function nameOfBuilder(value: unknown): string | undefined {
  return typeof value === "object" && value !== null && builderName in value ? String(value[builderName]) : undefined;
}

/** Why a step does not fit what it is given; `takes` is empty where it takes nothing. */
export function misfit(step: { readonly name: string; readonly takes: string; readonly given: string }): string {
  return step.takes === ""
    ? `${step.name} takes nothing, but ${step.given}: use .si(...)`
    : `${step.name} takes (${step.takes}), but ${step.given}`;
}

/** Throws a TypeError where `next` cannot take the one value that `previous` returns. Unknown tasks pass. */
export function checkFit(previous: Tree, next: Tree, origin: Origin | undefined): void {
  for (const call of firstCalls(next)) {
    const contract = origin?.contract(call.task);
    if (!contract || call.immutable || takesOne(call, contract)) continue;
    const given = `${nameOf(previous, origin)} returns ${returnsOf(previous, origin)}`;
    throw new TypeError(misfit({ name: nameOf(next, origin), takes: takesOf(call, contract), given }));
  }
}

/** The calls that are given what a tree is given. Those of an async iterable are not known yet. */
export function firstCalls(tree: Tree): readonly CallTree[] {
  switch (tree.kind) {
    case "call":
      return [tree];
    case "chain":
      return tree.steps[0] ? firstCalls(tree.steps[0]) : [];
    case "group":
      return Array.isArray(tree.members) ? tree.members.flatMap(firstCalls) : [];
    case "chord":
      return firstCalls(tree.header);
  }
}

/** Whether a call still needs two arguments or more. */
export function needsSeveral(call: CallTree, origin: Origin | undefined): boolean {
  const contract = origin?.contract(call.task);
  return contract !== undefined && !call.immutable && call.mode === "call" && leastOf(call, contract) >= 2;
}

function takesOne(call: CallTree, contract: TaskContract): boolean {
  return call.mode === "call" && leastOf(call, contract) <= 1 && mostOf(call, contract) >= 1;
}

/** How many arguments a call still needs. */
function leastOf({ open, args }: CallTree, { parameters }: TaskContract): number {
  if (open) return open.filter((i) => isRequired(parameters[i])).length;
  return Math.max(0, parameters.filter(isRequired).length - args.length);
}

/** How many arguments a call can still take. */
function mostOf({ open, args }: CallTree, { parameters }: TaskContract): number {
  if (parameters.some(({ rest }) => rest)) return Number.POSITIVE_INFINITY;
  return open ? open.length : parameters.length - args.length;
}

function isRequired(parameter: TaskContract["parameters"][number] | undefined): boolean {
  return parameter !== undefined && !parameter.optional && !parameter.rest;
}

function takesOf(call: CallTree, { parameters }: TaskContract): string {
  if (call.mode !== "call") return "";
  const { open } = call;
  const left = open
    ? parameters.filter((_, i) => open.includes(i))
    : parameters.slice(0, Math.max(0, parameters.length - call.args.length));
  return left.map(({ text }) => text).join(", ");
}

/** What a canvas is called: a chain by its last task, a chord by its body, a group by its members. */
export function nameOf(tree: Tree, origin: Origin | undefined): string {
  switch (tree.kind) {
    case "call":
      return origin?.contract(tree.task)?.builder ?? tree.task;
    case "chain":
      return nameOf(tree.steps.at(-1)!, origin);
    case "group":
      return `group of ${Array.isArray(tree.members) ? namesOf(tree.members, origin) : "signatures"}`;
    case "chord":
      return nameOf(tree.body, origin);
  }
}

function namesOf(members: readonly Tree[], origin: Origin | undefined): string {
  const names = members.slice(0, 3).map((member) => nameOf(member, origin));
  return members.length === 0 ? "nothing" : [...names, ...(members.length > 3 ? ["..."] : [])].join(", ");
}

function returnsOf(tree: Tree, origin: Origin | undefined): string {
  switch (tree.kind) {
    case "call": {
      const text = origin?.contract(tree.task)?.returns ?? "unknown";
      return tree.mode === "call" ? text : `${bracketed(text)}[]`;
    }
    case "chain":
      return returnsOf(tree.steps.at(-1)!, origin);
    case "group":
      return Array.isArray(tree.members)
        ? `[${tree.members.map((member: Tree) => returnsOf(member, origin)).join(", ")}]`
        : "a list";
    case "chord":
      return returnsOf(tree.body, origin);
  }
}

function bracketed(text: string): string {
  return / [|&] |=>/.test(text) ? `(${text})` : text;
}
