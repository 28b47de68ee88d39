/**
 * Types only: how a generated module notices that a function is no longer what it was when the module was built. A checker
 * does this for every task, so where nothing has changed it does two comparisons of functions and nothing else: what
 * would tell more is a type that is left alone until these have failed.
 */
import type { Anything } from "./open.js";

/**
 * What relates only to itself: both types must be able to stand in for each other. The second is what the first must
 * also do with: for a function, the required arguments alone.
 */
export interface Exact<in out T, out Least = unknown> {
  readonly exact: T;
  readonly least: Least;
}

/** A type that the generated module cannot write down, since it has a name of the user's: it is compared with nothing. */
export type Untold = Anything[number];

/** A function that is still what it was, or of which TypeScript says that it has changed. `Now` is what it is, as `Exact`. */
export type Unchanged<
  Name extends string,
  Now extends AsBuilt<Stale<Name>, Now, Then, Least>,
  Then,
  Least = unknown,
> = Now;

/** What the function must be: exactly what it was, or something that is used in the same way. */
export type AsBuilt<Says, Now, Then, Least> = Exact<Then, Least> | UsedAlike<Says, Now, Then, Least>;

/**
 * What can hold `Now` only if it is used as `Then` was: whether it is async or generic is no matter. TypeScript 7 tries the
 * members of a union in the order of their names, and `Exact` has to come first: a module is checked in half the time so.
 */
export interface UsedAlike<out Says, in out Now, in out Then, out Least> {
  readonly exact: Now extends Exact<infer Function, unknown> ? Used<Plain<Function>, Plain<Then>> : never;
  readonly least: Least;
  /** Never there: it holds the sentence. */
  readonly says?: Says;
}

// function, function -> whether each can stand in for the other
type Used<Now, Then> = Now extends Then ? (Then extends Now ? unknown : never) : never;

// function -> the same, not async, not generic, and no method, which TypeScript would compare less strictly
/** A function by its parameters and its awaited result. */
export type Plain<Function> = Function extends (...args: infer Args) => infer Out
  ? (...args: Args) => Awaited<Out>
  : Function;

// function -> [parameters, result]
/** A function as two lists, for parameters that are a list themselves. */
export type Listed<Function> = Function extends (...args: infer Args) => infer Out ? [Args, Awaited<Out>] : never;

type Stale<Name extends string> = `${Name} has changed since the last build: run \`tqc build\``;
