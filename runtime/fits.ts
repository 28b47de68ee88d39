/**
 * What may follow what. Each rule is the type of a parameter: EITHER the argument's own type OR the message that says
 * why it does not fit, so that the message stands on the very argument that is wrong. Messages end in a zero-width
 * space, which makes TypeScript print them whole.
 */

import type { builder } from "./builder.js";
import type { TaskFailure } from "./errors.js";
import type { Closed, GroupOf, NameOf, ReturnsOf, Said, TakesOf, Through, TypeText } from "./labels.js";
import type { Anything, IsAnything, Meet } from "./open.js";
import type { GroupSignature, InOf, LabelOf, OutOf, Signature } from "./signature.js";

type End = "\u200B";

// text -> the same text
/** Hides how a text is made until it is printed: the compiler would follow a recursive one into its constraint. */
type Message<Text> = [Text] extends [infer Told extends string] ? Told : never;

// argument -> message
/** Why a value is no signature: most often it is a builder, and `.s(...)` is missing. */
export type NotASignature<Value> = Value extends { readonly [builder]: infer Label }
  ? Message<Said<NameOf<Label>, " is a builder, not a signature: use ", Said<NameOf<Label>, `.s(...)${End}`>>>
  : `not a signature: a task's signature is made by .s(...)${End}`;

// Label, In, what is given as text -> message
/** Why a step does not fit what it is given. */
export type Misfit<Label, In extends readonly unknown[], Given> = [In] extends [readonly []]
  ? Message<Said<NameOf<Label>, " takes nothing, but ", Said<Given, `: use .si(...)${End}`>>>
  : Message<Said<Said<NameOf<Label>, " takes ", TakesOf<Label, In>>, ", but ", Said<Given, End>>>;

// Signature, Signature -> itself or message
/** A step after another: what the first returns is the first argument of the next. */
export type Fits<Previous, Next> =
  Next extends Signature<infer In, unknown, infer Label>
    ? [Previous] extends [never]
      ? Next
      : Previous extends Signature<never, infer Out, infer Giver>
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
    : Piped<S[number], S[number]>;

// Signature, Signature -> their chain
/** What takes what `First` takes and returns what `Last` returns. */
export type Piped<First, Last> =
  First extends Signature<infer In, unknown, infer FirstLabel>
    ? Last extends GroupSignature<never, infer Out, infer Label>
      ? GroupSignature<In, Out, Through<FirstLabel, Label>>
      : Last extends Signature<never, infer Out, infer Label>
        ? Signature<In, Out, In extends readonly [] ? Label : Through<FirstLabel, Label>>
        : never
    : never;

// Signature, Signature -> itself or message
/** A callback: it takes the result of what it is linked to, which is no group. */
export type CallbackOf<Self, Callback> =
  LabelOf<Self> extends { readonly group: true }
    ? `a group has no link: use chord(group, callback)${End}`
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
/** A member of a group or a header. */
export type Member<M> = M extends Signature ? M : NotASignature<M>;

// arguments of group -> each itself or message
/** Members as arguments, or as one list or iterable. */
export type Members<A extends readonly unknown[]> = [A] extends [readonly [infer List]]
  ? [Header<List>]
  : { [K in keyof A]: Member<A[K]> };

// list, iterable, group, or one signature -> itself or message
/** A header of a chord, or the one argument of a group. */
export type Header<H> = H extends readonly unknown[]
  ? { [K in keyof H]: Member<H[K]> }
  : H extends Signature
    ? H
    : H extends Iterable<infer M> | AsyncIterable<infer M>
      ? M extends Signature
        ? H
        : NotASignature<M>
      : NotASignature<H>;

// arguments of group -> list of signatures
/** The members, however they were handed over. */
export type Listed<A extends readonly unknown[]> = A extends readonly [infer List] ? MembersOf<List> : A;
// list, iterable, or one signature -> list of signatures
export type MembersOf<H> = H extends readonly unknown[]
  ? H
  : H extends Signature
    ? [H]
    : H extends Iterable<infer M> | AsyncIterable<infer M>
      ? M[]
      : never;

// Signatures -> their group
/** Members side by side: open for what each of them accepts, resolving to the list of their values. */
export type Group<M extends readonly unknown[]> = M extends unknown
  ? GroupSignature<Meet<Taken<M>>, Values<M>, GroupOf<Labels<M>>>
  : never;
type Values<M extends readonly unknown[]> = { -readonly [K in keyof M]: OutOf<M[K]> };
type Labels<M extends readonly unknown[]> = {
  -readonly [K in keyof M]: M[K] extends Signature<infer In, unknown, infer Label>
    ? IsAnything<In> extends true
      ? Closed<Label>
      : Label
    : never;
};
type Taken<M extends readonly unknown[]> = {
  [K in keyof M]: M[K] extends Signature<infer In, unknown, unknown>
    ? IsAnything<In> extends true
      ? never
      : (given: In) => void
    : never;
}[number];

export type { Anything, InOf, TypeText };
