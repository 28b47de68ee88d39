/**
 * The calls of a builder. A label of the generated module has one method, `call`, with the documentation of the task's
 * function; what it takes and gives is left to whoever asks, by way of `this`. So one declaration serves all the calls a
 * builder has, and nothing is worked out for a task that is not used.
 */
import type { Exact } from "./freshness.js";
import type { Whole } from "./open.js";
import type { Signature } from "./signature.js";

/** What a label's `call` takes: what the one who asks says. */
export type Takes<This> = This extends Asked<infer Given> ? Given : never;
interface Asked<Given extends readonly unknown[]> {
  readonly given: Given;
}

/** What a label's `call` gives: what the one who asks says. */
export type Gives<This> = This extends { readonly gives: unknown } ? This["gives"] : never;

// Label -> function, which a generated label holds as what is compared exactly
type FunctionOf<Label> = Label extends { readonly function: infer Function }
  ? Function extends Exact<infer Told, unknown>
    ? Told
    : Function
  : never;

/** The type of a parameter of a label's function, by its position. It is left alone until somebody asks. */
export type ParameterOf<This, Position extends number> = This extends unknown
  ? ArgumentsOf<FunctionOf<This>>[Position]
  : never;
type ArgumentsOf<Function> = Function extends (...args: infer Args extends readonly unknown[]) => unknown
  ? Args
  : never;

/** The awaited result of a label's function. */
export type ResultOf<This> = ReturnOf<FunctionOf<This>>;
type ReturnOf<Function> = Function extends (...args: never) => infer Out ? Awaited<Out> : GenericReturnOf<Function>;
/** Some generic functions give what they give only to those who say with what they are called. */
type GenericReturnOf<Function> = Function extends (...args: infer Args) => infer Out
  ? Args extends readonly unknown[]
    ? Awaited<Out>
    : unknown
  : unknown;

/** What one of a label's own `s` gives: a signature that is open for `In`. It is left alone until somebody asks. */
export type PartialOf<This, In> = This extends unknown
  ? [In] extends [infer Open extends readonly unknown[]]
    ? Signature<Open, ResultOf<This>, This>
    : never
  : never;

// Label -> parameters
/** What a label's function takes, under the names that a builder shows. */
export type ParametersOf<Label> = Label extends {
  readonly s: unknown;
  readonly call: (...args: infer Args extends readonly unknown[]) => unknown;
}
  ? Args
  : ArgumentsOf<FunctionOf<Label>>;

// Label, arguments, result -> a function
/** A label's `call` with these arguments and this result. */
export type Call<Label, Given extends readonly unknown[], Out> = Label extends { readonly call: unknown }
  ? (Label & { readonly given: Given; readonly gives: Out })["call"]
  : never;

// Label -> functions
/**
 * The calls of a builder's `s`, the longest first: those that the label has of its own, those of the ends it tells, or one
 * per end of the parameters.
 */
export type Partials<Label> = Label extends { readonly s: infer Own }
  ? Own
  : Label extends { readonly ends: infer Table }
    ? ToldEnds<Label, Table>
    : Ends<Label, ParametersOf<Label>>;
type Ends<Label, Given extends readonly unknown[]> = Given extends readonly [unknown, ...infer Shorter]
  ? End<Label, Given> & Ends<Label, Shorter>
  : End<Label, []>;
type End<Label, Given extends readonly unknown[]> = Call<
  Label,
  Given,
  Signature<InFrontOf<ParametersOf<Label>, Given>, ResultOf<Label>, Label>
>;
type InFrontOf<Parameters extends readonly unknown[], Given extends readonly unknown[]> = Parameters extends readonly [
  ...infer Front,
  ...Given,
]
  ? Front
  : never;

// Label, ends as positions of parameters -> functions
type ToldEnds<Label, Table> = Table extends readonly [infer End extends readonly Place[], ...infer More]
  ? ToldEnd<Label, ParametersOf<Label>, End> & ToldEnds<Label, More>
  : unknown;
/** Where a bound argument stands among the parameters; several, where it suits each of them. */
type Place = number | readonly number[];
// Label, parameters, an end -> a function; where the end is empty, all parameters are left
type ToldEnd<Label, Parameters extends readonly unknown[], End extends readonly Place[]> = Call<
  Label,
  BoundAt<Whole<Parameters>, End>,
  Signature<
    // Written here and under no name, so that an editor shows the tuples.
    PlacesOf<End[0]> extends infer First
      ? First extends number
        ? FrontUntil<Whole<Parameters>, First>
        : Parameters
      : never,
    ResultOf<Label>,
    Label
  >
>;
// place -> position, or a union of them
type PlacesOf<One> = One extends readonly number[] ? One[number] : One;
// parameters, an end -> what it binds: under the parameters' names, or under those of the end where it has its own
type BoundAt<Parameters extends readonly unknown[], End extends readonly Place[]> = End extends readonly [
  infer First extends number,
  ...unknown[],
]
  ? Parameters extends readonly [...FrontUntil<Parameters, First>, ...infer Tail]
    ? FrontUntil<Tail, End["length"]>
    : never
  : { [K in keyof End]: AtEach<Parameters, PlacesOf<End[K]>> };
// parameters, positions -> what suits each of them
type AtEach<Parameters extends readonly unknown[], Position> = (
  Position extends number
    ? (given: Parameters[Position]) => void
    : never
) extends (given: infer Every) => void
  ? Every
  : never;
// parameters, position -> those before it
type FrontUntil<Front extends readonly unknown[], Position> = Front extends { readonly length: Position }
  ? Front
  : Front extends readonly [...infer Shorter, unknown]
    ? FrontUntil<Shorter, Position>
    : never;
