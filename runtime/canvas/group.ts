/** Members side by side. */

import { collect, isSeveral } from "./collect.js";
import type { Message, NotASignature } from "./fits.js";
import type { And, Closed, GroupOf, NameOf, Said, TakesOf } from "./labels.js";
import type { IsAnything, Meet } from "./open.js";
import type { GroupSignature, InOf, LabelOf, OutOf, Signature } from "./signature.js";
import { signatureOf } from "./value.js";

// Signature -> itself or message
/** A member of a group or a header. */
export type Member<M> = M extends Signature ? M : NotASignature<M>;

// arguments of group -> each itself or message
/** Members as arguments, or as one list or iterable. */
export type Members<A extends readonly unknown[]> = [A] extends [readonly [infer List]]
  ? [list: Header<List>]
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
/** Open for what each member accepts, resolving to the list of their values. */
export type Group<M extends readonly unknown[]> = M extends unknown
  ? GroupSignature<Shared<M, Meet<Receivers<M>>>, Values<M>, GroupOf<Labels<M>>>
  : never;

// Signatures, the intersection of their In -> the first In that is as narrow, which reads better
type Shared<M extends readonly unknown[], All extends readonly unknown[], Rest = M> = Rest extends readonly [
  infer First,
  ...infer More,
]
  ? [InOf<First>] extends [All]
    ? [All] extends [never]
      ? Shared<M, All, More>
      : InOf<First>
    : Shared<M, All, More>
  : Clash<All> extends true
    ? [Impossible<GroupOf<Labels<M>>, Demands<M>>]
    : All;

// the intersection of several In -> whether nothing can be given to all of them
type Clash<All extends readonly unknown[]> = [All] extends [never]
  ? true
  : { [K in keyof All & `${number}`]: [All[K]] extends [never] ? K : never }[keyof All & `${number}`] extends never
    ? false
    : true;

// Label, what its members take -> message
type Impossible<Label, Takes> = Message<Said<Said<NameOf<Label>, " takes ">, Takes, ", which nothing is">>;

// Signatures -> what each takes, as one text
type Demands<M extends readonly unknown[], Told = ""> = M extends readonly [infer First, ...infer More]
  ? IsAnything<InOf<First>> extends true
    ? Demands<More, Told>
    : Demands<More, And<Told, TakesOf<LabelOf<First>, InOf<First>>>>
  : Told;

type Values<M extends readonly unknown[]> = { -readonly [K in keyof M]: OutOf<M[K]> };
type Labels<M extends readonly unknown[]> = { -readonly [K in keyof M]: MemberLabel<M[K]> };
type MemberLabel<M> =
  M extends Signature<infer In, unknown, infer Label> ? (IsAnything<In> extends true ? Closed<Label> : Label) : never;
type Receivers<M extends readonly unknown[]> = { [K in keyof M]: Receiver<M[K]> }[number];
type Receiver<M> =
  M extends Signature<infer In, unknown, unknown> ? (IsAnything<In> extends true ? never : (given: In) => void) : never;

/**
 * Runs its members side by side; the value is the list of theirs, in the order written. Takes members as arguments, or
 * one list, iterable or async iterable of them; those of an async iterable are submitted as they come.
 */
export function group<const A extends readonly unknown[]>(...members: Members<A>): Group<Listed<A>> {
  const given: readonly unknown[] = members;
  const [first] = given;
  const { tree, origin } = collect(given.length === 1 && isSeveral(first) ? first : given, "group");
  return signatureOf(tree, origin);
}
