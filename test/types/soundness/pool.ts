/** Tasks that take and return each of a few types, and see at run time whether they are given what they take. */
import { type App, createApp, createTask } from "tqc";
import type { Parameter, TaskContract } from "../../../runtime/manifest.js";
import { builderName, labelType } from "../../../templates/builder.js";
import {
  boolean,
  type Dice,
  date,
  either,
  fits,
  holds,
  listOf,
  nothing,
  number,
  sampleOf,
  string,
  type Type,
  textOf,
  tupleOf,
  unknown,
} from "./pool-types.js";

/** A task: required, optional and rest parameters, and the result. */
export interface PoolTask {
  readonly name: string;
  readonly required: readonly Type[];
  readonly optional: readonly Type[];
  readonly rest: Type | undefined;
  readonly result: Type;
}

type More = { readonly optional?: readonly Type[]; readonly rest?: Type };
const task = (name: string, required: readonly Type[], result: Type, { optional = [], rest }: More = {}): PoolTask => ({
  name,
  required,
  optional,
  rest,
  result,
});

export const pool: readonly PoolTask[] = [
  task("add", [number, number], number),
  task("upper", [string], string),
  task("size", [string], number),
  task("write", [number], string),
  task("flip", [boolean], boolean),
  task("past", [date, number], date),
  task("sum", [listOf(number)], number),
  task("words", [string], listOf(string)),
  task("join", [listOf(string), string], string),
  task("pair", [number, string], tupleOf(number, string)),
  task("unpair", [tupleOf(number, string)], number),
  task("plane", [tupleOf(number, number)], number),
  task("id", [either(number, string)], either(number, string)),
  task("find", [string], either(number, nothing)),
  task("orElse", [either(number, nothing), number], number),
  task("any", [unknown], unknown),
  task("drop", [unknown], nothing),
  task("ping", [], string),
  task("now", [], date),
  task("pow", [number], number, { optional: [number] }),
  task("format", [number], string, { optional: [number, string] }),
  task("tag", [string, boolean], string, { optional: [date] }),
  task("max", [number], number, { rest: number }),
  task("note", [number, string], number, { rest: string }),
  task("all", [], listOf(number), { rest: number }),
];

/** The module that the compiler would have written for the pool; the builders are only declared. */
export function poolModule(): string {
  const blocks = pool.map((one) => {
    const types = [...one.required, ...one.optional, ...(one.rest ? [one.rest] : [])].map(textOf);
    const contract = contractOf(one);
    const label = labelType(contract, { parameters: types, result: textOf(one.result) }, functionText(contract, types));
    return `${label}declare const ${one.name}: ${builderName(contract)};\n`;
  });
  return `import { chain, chord, chunks, type Exact, type Gives, group, type Listed, type PartialOf, type Takes, type TaskOf, type Unchanged, type Untold, xmap, xstarmap } from "tqc";\n${blocks.join("")}`;
}

/** The type of a task's function. */
function functionText({ parameters, returns }: TaskContract, types: readonly string[]): string {
  const list = parameters.map(({ name, optional, rest }, i) =>
    rest ? `...${name}: (${types[i]})[]` : `${name}${optional ? "?" : ""}: ${types[i]}`,
  );
  return `(${list.join(", ")}) => ${returns}`;
}

/** The builders, and an application in which each task notes what it is given against its types. */
export function poolApp(random: Dice): { app: App; builders: Record<string, unknown>; violations: string[] } {
  const app = createApp({ broker: "memory://" });
  const violations: string[] = [];
  const builders = Object.fromEntries(pool.map((one) => [one.name, createTask(app, contractOf(one))]));
  const check =
    (one: PoolTask) =>
    (...args: readonly unknown[]) => {
      if (!isTaken(one, args)) violations.push(`${one.name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`);
      return sampleOf(one.result, random);
    };
  app.register(Object.fromEntries(pool.map((one) => [contractOf(one).name, check(one)])));
  return { app, builders, violations };
}

/** Whether a task takes these arguments. */
function isTaken({ required, optional, rest }: PoolTask, args: readonly unknown[]): boolean {
  if (args.length < required.length) return false;
  return args.every((arg, i) => {
    const type = [...required, ...optional.map((one) => either(one, nothing))][i] ?? rest;
    return type !== undefined && holds(type, arg);
  });
}

/** A type that none of a task's parameters takes. */
export function refusedBy({ required, optional, rest }: PoolTask, among: readonly Type[]): Type | undefined {
  const taken = [...required, ...optional, ...(rest ? [rest] : [])];
  return among.find((type) => taken.every((one) => !fits(type, one)));
}

function contractOf({ name, required, optional, rest, result }: PoolTask): TaskContract {
  const parameter = (type: Type, i: number, more: Partial<Parameter> = {}): Parameter => {
    const own = `p${i}`;
    const text = more.rest
      ? `...${own}: ${textOf(listOf(type))}`
      : `${own}${more.optional ? "?" : ""}: ${textOf(type)}`;
    return { name: own, schema: true, text, ...more };
  };
  const fixed = required.length + optional.length;
  return {
    name: `pool.${name}`,
    module: "pool.ts",
    export: name,
    builder: name,
    parameters: [
      ...required.map((type, i) => parameter(type, i)),
      ...optional.map((type, i) => parameter(type, required.length + i, { optional: true })),
      ...(rest ? [parameter(rest, fixed, { rest: true })] : []),
    ],
    result: true,
    returns: textOf(result),
    options: {},
    fingerprint: name,
    codec: "superjson",
  };
}
