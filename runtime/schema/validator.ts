/** Whether arguments and results are what the contract says. */
import { InvalidArgumentsError } from "../errors.js";
import type { TaskContract } from "../manifest.js";
import type { CallMode } from "../messages.js";
import type { Mismatch } from "./mismatch.js";
import { type Check, compileSchema } from "./schema.js";
import { describeSchema, describeValue } from "./schema-text.js";

interface Compiled {
  readonly parameters: readonly Check[];
  readonly result: Check;
  /** The parameter that takes all further arguments, if any. */
  readonly rest: Check | undefined;
  /** How many arguments are needed at least. */
  readonly least: number;
}

const compiled = new WeakMap<TaskContract, Compiled>();

/** Throws InvalidArgumentsError where a complete list of arguments does not fit. */
export function checkArguments(contract: TaskContract, args: readonly unknown[]): void {
  const { parameters, rest, least } = compile(contract);
  if (args.length > parameters.length && !rest) throw tooMany(contract, args.length);
  for (let i = 0; i < args.length; i++) checkOne(contract, i, args[i], parameters[i] ?? rest!);
  for (let i = args.length; i < least; i++) checkOne(contract, i, undefined, parameters[i]!, true);
}

/** Throws InvalidArgumentsError where a result does not fit. */
export function checkResult(contract: TaskContract, value: unknown): void {
  const mismatch = compile(contract).result(value);
  if (mismatch) throw new InvalidArgumentsError(`${contract.name}: its result${mismatch.at} ${complaint(mismatch)}`);
}

/** A call as far as it is known before it runs. */
export interface KnownCall {
  readonly mode: CallMode;
  /** What is bound; where more is given first, that is not in here. */
  readonly args: readonly unknown[];
  /** Where what is given goes; absent: in front. */
  readonly open?: readonly number[] | undefined;
  /** Nothing more is given. Else exactly one value is, by the node before. */
  readonly complete: boolean;
}

/** Throws InvalidArgumentsError where a call cannot fit, whatever it will be given. */
export function checkCall(contract: TaskContract, call: KnownCall): void {
  const { mode, args, open, complete } = call;
  if (!complete) checkBound(contract, args, open);
  else if (mode === "call") checkArguments(contract, args);
  else checkEach(contract, call);
}

/** As {@link checkArguments}, for a call that is given one value more, in front or at the first of `open`. */
export function checkBound(contract: TaskContract, bound: readonly unknown[], open?: readonly number[]): void {
  const { parameters, rest, least } = compile(contract);
  const given = open?.[0] ?? 0;
  const args = open ? bound : [undefined, ...bound];
  const count = Math.max(args.length, given + 1);
  if (count > parameters.length && !rest) throw tooMany(contract, count);
  for (let i = 0; i < Math.max(count, least); i++) {
    const check = parameters[i] ?? rest;
    if (i !== given && check) checkOne(contract, i, args[i], check, i >= count);
  }
}

/** A mapping call: its list is there, and each of its items makes one call. */
function checkEach(contract: TaskContract, { mode, args, open }: KnownCall): void {
  const at = open?.[0] ?? 0;
  const list = args[at];
  if (!Array.isArray(list)) {
    throw new InvalidArgumentsError(`${contract.name}: ${mode} takes a list, but was given ${describeValue(list)}`);
  }
  for (const item of list as readonly unknown[]) {
    if (mode === "starmap" && !Array.isArray(item)) {
      throw new InvalidArgumentsError(
        `${contract.name}: starmap takes a list of argument lists, but one is ${describeValue(item)}`,
      );
    }
    checkArguments(contract, args.toSpliced(at, 1, ...(mode === "starmap" ? (item as readonly unknown[]) : [item])));
  }
}

function compile(contract: TaskContract): Compiled {
  const known = compiled.get(contract);
  if (known) return known;
  const { name: task, definitions } = contract;
  const checks = contract.parameters.map(({ name, schema, optional }) => {
    const check = compileSchema(schema, { definitions, owner: `${task}: the schema of '${name}'` });
    return optional ? orAbsent(check) : check;
  });
  const hasRest = contract.parameters.at(-1)?.rest === true;
  const fresh: Compiled = {
    parameters: hasRest ? checks.slice(0, -1) : checks,
    rest: hasRest ? checks.at(-1) : undefined,
    result: compileSchema(contract.result, { definitions, owner: `${task}: the schema of its result` }),
    least: contract.parameters.findLastIndex(({ optional, rest }) => !optional && !rest) + 1,
  };
  compiled.set(contract, fresh);
  return fresh;
}

function orAbsent(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

function checkOne(contract: TaskContract, index: number, value: unknown, check: Check, missing = false): void {
  const mismatch = check(value);
  if (!mismatch) return;
  const parameter = contract.parameters[Math.min(index, contract.parameters.length - 1)];
  const name = `${parameter?.name ?? ""}${mismatch.at}`;
  const what =
    missing && parameter ? `must be ${describeSchema(parameter.schema)}, but is missing` : complaint(mismatch);
  throw new InvalidArgumentsError(`${contract.name}: argument ${index + 1} '${name}' ${what}`);
}

function complaint({ expected, found }: Mismatch): string {
  return `must be ${expected}, but is ${describeValue(found)}`;
}

function tooMany(contract: TaskContract, found: number): InvalidArgumentsError {
  const texts = contract.parameters.map(({ text }) => text).join(", ");
  const most = contract.parameters.length;
  const takes = most === 0 ? "no arguments" : `at most ${most} argument${most === 1 ? "" : "s"} (${texts})`;
  return new InvalidArgumentsError(`${contract.name}: takes ${takes}, but is given ${found}`);
}
