/**
 * What may follow what. Each rule is the type of a parameter: EITHER the argument's own type OR the message that says
 * why it does not fit, so that the message stands on the very argument that is wrong. Messages end in a zero-width
 * space, which makes TypeScript print them whole. `misfit.ts` says the same at run time.
 */
import type { TaskFailure } from "../errors.js";
import type { builder, NameOf, ReturnsOf, Said, TakesOf, Through } from "./labels.js";
import type { GroupSignature, ListSignature, Signature } from "./signature.js";

type End = "\u200B";

// text -> the same text
/** Hides how a text is made until it is printed: the compiler would follow a recursive one into its constraint. */
export type Message<Text> = [Text] extends [infer Told extends string] ? `${Told}${End}` : never;

// argument -> message
/** Why a value is no signature: most often it is a builder, and `.s(...)` is missing. */
export type NotASignature<Value> = Value extends { readonly [builder]: infer Label }
  ? Message<Said<NameOf<Label>, " is a builder, not a signature: use ", Said<NameOf<Label>, ".s(...)">>>
  : Message<"not a signature: a task's signature is made by .s(...)">;

// Label, In, what is given as text -> message
/** Why a step does not fit what it is given. */
export type Misfit<Label, In extends readonly unknown[], Given> = [In] extends [readonly []]
  ? Message<Said<NameOf<Label>, " takes nothing, but ", Said<Given, ": use .si(...)">>>
  : Message<Said<Said<NameOf<Label>, " takes ", TakesOf<Label, In>>, ", but ", Given>>;

// Signature, Signature -> itself or message
/** A step after another: what the first returns is the first argument of the next. */
export type Fits<Previous, Next> =
  Next extends Signature<infer In, unknown, infer Label>
    ? [Previous] extends [never]
      ? Next
      : [Previous] extends [Signature<never, infer Out, infer Giver>]
        ? [Out] extends In
          ? Next
          : Misfit<Label, In, Said<NameOf<Giver>, " returns ", ReturnsOf<Giver, Out>>>
        : Next
    : NotASignature<Next>;

// Signatures -> each itself or message
/** Steps of a chain. Shifting the tuple by one gives each step its predecessor. */
export type Steps<
  S extends readonly unknown[],
  Previous extends readonly unknown[] = [never, ...S],
> = S extends readonly []
  ? [first: Signature]
  : { [K in keyof S]: Fits<K extends keyof Previous ? Previous[K] : never, S[K]> };

// Signatures -> their chain
/** Steps, each given the result of the one before: open for what the first takes, resolving to what the last returns. */
export type Chain<S extends readonly unknown[]> = S extends readonly [infer Only]
  ? Only
  : S extends readonly [infer First, ...unknown[], infer Last]
    ? Piped<First, Last>
    : S extends readonly [infer First, ...unknown[]]
      ? Repeated<First, S[number]>
      : Repeated<S[number], S[number]>;

// Signature, the steps of an array -> their chain
type Repeated<First, Step> = [First] extends [Signature<infer In, unknown, infer Label>]
  ? [Step] extends [Signature<never, infer Out, infer Last>]
    ? Signature<In, Out, Through<Label, Last>>
    : never
  : never;

// Signature, Signature -> their chain
/** What takes what `First` takes and returns what `Last` returns. */
export type Piped<First, Last> =
  First extends Signature<infer In, unknown, infer FirstLabel>
    ? Last extends ListSignature<never, infer Out, infer Label>
      ? ListSignature<In, Out, Through<FirstLabel, Label>>
      : Last extends Signature<never, infer Out, infer Label>
        ? Signature<In, Out, In extends readonly [] ? Label : Through<FirstLabel, Label>>
        : never
    : never;

// Signature -> itself or message
/** A callback: it takes the result of what it is linked to, which is no group. */
export type CallbackOf<Self, Callback> = Self extends GroupSignature
  ? Message<"a group has no link: use chord(group, callback)">
  : Fits<Self, Callback>;

// Signature -> itself or message
/** An error callback: it takes a TaskFailure. */
export type ErrbackOf<Handler> =
  Handler extends Signature<infer In, unknown, infer Label>
    ? [TaskFailure] extends In
      ? Handler
      : Misfit<Label, In, "an error callback is given a TaskFailure">
    : NotASignature<Handler>;

// Signature -> itself or message
/** What takes a running task's place: nothing more is given to it. */
export type ReplacementOf<S> =
  S extends Signature<infer In, unknown, infer Label>
    ? [] extends In
      ? S
      : Message<Said<Said<NameOf<Label>, " takes ", TakesOf<Label, In>>, ", but a replacement is given nothing">>
    : NotASignature<S>;
