/** A task's builder: what the generated module exports under the task's name, and what makes its signatures. */

import type { TaskContract } from "../manifest.js";
import type { AsyncResult } from "../result/result.js";
import type { Call, ParametersOf, Partials, ResultOf } from "./calls.js";
import type { Message } from "./fits.js";
import type { EachItem, EachTuple, Precise } from "./items.js";
import type { Bound, builder, GroupOf, NameOf, PerItem, Said } from "./labels.js";
import type { Anything, IsArray, RestOf } from "./open.js";
import type { Origin } from "./origin.js";
import type { GroupSignature, Signature } from "./signature.js";
import { TaskBuilder } from "./task-builder.js";
import type { SendOptions } from "./tree.js";

/**
 * A builder as the generated module exports it: all that a task of this label can do. Everything is told lazily, from the
 * type of the task's function, so that a task costs a type checker little until it is used.
 */
export interface TaskOf<Label> extends Task<ParametersOf<Label>, ResultOf<Label>, Label> {
  /** A signature with arguments bound; what it is given later goes in front of them. */
  readonly s: Partials<Label>;
  /** A signature that ignores what it is given. */
  readonly si: Call<Label, ParametersOf<Label>, Signature<Anything, ResultOf<Label>, Label>>;
  /** Sends it. Resolves once the broker has it. */
  readonly delay: Call<Label, ParametersOf<Label>, Promise<AsyncResult<ResultOf<Label>>>>;
}

/** What every builder has beside the calls that show the names and the documentation of the function. */
export interface Task<Parameters extends readonly unknown[], Out, Label> {
  readonly [builder]: Label;
  /** The name on the wire. */
  readonly taskName: string;
  /** Sends it with options. The arguments may be left out where none is required. */
  applyAsync(...call: SendArguments<Parameters>): Promise<AsyncResult<Out>>;
  /** Runs it here, in this process, through the codec. */
  apply(...args: Parameters): Promise<Out>;
  /** Binds arguments by the names of their parameters, a rest parameter as a list. The others stay open, in order. */
  partial<const Given extends ByName<Parameters, Label>>(
    given: NamesOnly<Given, Label>,
  ): Signature<
    Unbound<Parameters, NamesOf<Label>, NamesIn<Given>>,
    Out,
    Bound<Label, UnboundTexts<Label, NamesIn<Given>>>
  >;
  /** One task message that calls it for each item, in order. */
  map<Item extends Precise>(items: EachItem<Label, Parameters, Item>): Signature<[], Out[], PerItem<Label>>;
  /** One task message that calls it for each tuple of arguments, in order. */
  starmap<Tuple extends Precise>(tuples: EachTuple<Label, Parameters, Tuple>): Signature<[], Out[], PerItem<Label>>;
  /** A group in which each member is one message that starmaps up to `size` tuples. */
  chunks<Tuple extends Precise>(
    tuples: EachTuple<Label, Parameters, Tuple>,
    size: number,
  ): GroupSignature<[], Out[][], GroupOf<PerItem<Label>[]>>;
}

/** The arguments of a builder's `applyAsync`. */
type SendArguments<Parameters extends readonly unknown[]> = [] extends Parameters
  ? [args?: Readonly<Parameters>, options?: SendOptions]
  : [args: Readonly<Parameters>, options?: SendOptions];

// Label -> names of the parameters
type NamesOf<Label> = Label extends { readonly takes: infer Takes extends readonly string[] }
  ? { readonly [K in keyof Takes]: NameIn<Takes[K]> }
  : readonly string[];
// text of a parameter -> its name
type NameIn<Text> = Text extends `${infer Head}: ${string}`
  ? Head extends `${infer Name}?`
    ? Name
    : Head extends `...${infer Name}`
      ? Name
      : Head
  : never;

// parameters, Label -> what may be bound by name
type ByName<Parameters extends readonly unknown[], Label> = {
  readonly [K in keyof Parameters & `${number}` as NamesOf<Label>[K & keyof NamesOf<Label>] & string]?: Parameters[K];
} & RestByName<Parameters, NamesOf<Label>> & { readonly [name: string]: unknown };

// parameters, their names -> the rest parameter as a list; nothing where there is none
type RestByName<
  Parameters extends readonly unknown[],
  Names extends readonly string[],
> = number extends Parameters["length"]
  ? Names extends readonly [...string[], infer Last extends string]
    ? { readonly [name in Last]?: readonly RestOf<Parameters>[] }
    : unknown
  : unknown;

// what is given by name -> itself, with a message in place of a name that no parameter has
type NamesOnly<Given, Label> = {
  [K in keyof Given]: K extends NamesOf<Label>[number]
    ? Given[K]
    : Message<Said<NameOf<Label>, " has no parameter called ", K>>;
};

// what is given by name -> the names; none where nothing was inferred
type NamesIn<Given> = string extends keyof Given ? never : keyof Given;

// parameters, their names, the bound names -> the parameters that stay open, in order
type Unbound<Parameters extends readonly unknown[], Names extends readonly string[], Key> = Names extends readonly [
  infer Name,
  ...infer More extends readonly string[],
]
  ? IsArray<Parameters> extends true
    ? Name extends Key
      ? []
      : Parameters
    : Parameters extends readonly [unknown?, ...infer Rest]
      ? [...(Name extends Key ? [] : FirstOf<Parameters, Rest>), ...Unbound<Rest, More, Key>]
      : never
  : [];

// parameters, those after the first -> the first, with its name where TypeScript tells it: not before a rest
type FirstOf<Parameters extends readonly unknown[], Rest extends readonly unknown[]> = number extends Rest["length"]
  ? Parameters extends readonly [infer One, ...unknown[]]
    ? [One]
    : [Parameters[0]?]
  : Parameters extends readonly [...infer First, ...Rest]
    ? First
    : never;
type UnboundTexts<Label, Key> = Label extends { readonly takes: infer Takes extends readonly string[] }
  ? TextsLeft<NamesOf<Label>, Takes, Key>
  : [];
type TextsLeft<Names extends readonly string[], Takes extends readonly string[], Key> = Names extends readonly [
  infer Name,
  ...infer More extends readonly string[],
]
  ? Takes extends readonly [infer Text extends string, ...infer Rest extends readonly string[]]
    ? [...(Name extends Key ? [] : [Text]), ...TextsLeft<More, Rest, Key>]
    : []
  : [];

/** The builder of one task, from its contract or the contract as JSON. The generated module calls it, and says of what type the builder is. */
export function createTask<Builder>(app: Origin, contract: TaskContract | string): Builder {
  const known = typeof contract === "string" ? (JSON.parse(contract) as TaskContract) : contract;
  app.declare(known);
  return new TaskBuilder(app, known) as unknown as Builder;
}
