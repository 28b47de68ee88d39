/** A group, and a body that is given the list of its values. */
import type { TaskFailure } from "../errors.js";
import type { JoinPolicy } from "../messages.js";
import { bare } from "./bare.js";
import { collect, isSeveral } from "./collect.js";
import type { Misfit, NotASignature, Piped } from "./fits.js";
import type { Group, Header, MembersOf } from "./group.js";
import type { NameOf, Outcomes, ReturnsOf, Said, ValuesOrOutcomes } from "./labels.js";
import { checkFit } from "./misfit.js";
import type { Origin } from "./origin.js";
import type { GroupSignature, LabelOf, OutOf, Signature } from "./signature.js";
import type { GroupTree } from "./tree.js";
import { needTree, originOf, signatureOf, treeOf } from "./value.js";

/** What a failed member of the header means. */
export interface ChordOptions {
  /**
   * "fail": the chord fails as soon as a member has finally failed; the other members still run. "cancel": members that
   * have not started are revoked as well. "settle": the body runs with the outcomes of all members. Default "fail".
   */
  readonly onError?: JoinPolicy;
}

/** How a member of a header ended, as the body of a chord with `onError: "settle"` is given it. */
export type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: TaskFailure };

// header -> its group
type HeaderOf<H> = H extends GroupSignature ? H : Group<MembersOf<H>>;

// values, options -> what the body is given; either, where the options do not say which
type GivenTo<Values, Options> = Options extends { readonly onError: "settle" }
  ? { [K in keyof Values]: Settled<Values[K]> }
  : "onError" extends keyof Options
    ? "settle" extends Options["onError"]
      ? Values | { [K in keyof Values]: Settled<Values[K]> }
      : Values
    : Values;

// label of the header, options -> label of what the body is given
type GivenLabel<Label, Options> = Options extends { readonly onError: "settle" }
  ? Outcomes<Label>
  : "onError" extends keyof Options
    ? "settle" extends Options["onError"]
      ? ValuesOrOutcomes<Label>
      : Label
    : Label;

// header, body, options -> the body or message
/** A body: it takes the list of the header's values, or of their outcomes. */
export type Body<H, B, Options> =
  B extends Signature<infer In, unknown, infer Label>
    ? [GivenTo<OutOf<HeaderOf<H>>, Options>] extends In
      ? B
      : Misfit<Label, In, Returned<GivenLabel<LabelOf<HeaderOf<H>>, Options>, GivenTo<OutOf<HeaderOf<H>>, Options>>>
    : NotASignature<B>;
type Returned<Label, Out> = Said<NameOf<Label>, " returns ", ReturnsOf<Label, Out>>;

/** A chord: open for what the header takes, resolving to what the body returns. */
export type Chord<H, B> = Piped<HeaderOf<H>, B>;

// options -> themselves, or what they may be
type Known<Options> = Options extends ChordOptions ? Options : ChordOptions;

// What is assumed where no options are given.
type Unsaid = { readonly onError: "fail" };

/** A header that waits for its body. */
export type HeaderSignature<H> = <B, const Options = Unsaid>(
  body: Body<H, B, Options>,
  options?: Known<Options>,
) => Chord<H, B>;

// header -> what waits for its body
// A condition, because TypeScript puts off a generic call that is declared to return a function: `chord` could not stand in a list.
type Waiting<H> = [H] extends [unknown] ? HeaderSignature<H> : never;

/**
 * Runs the header's members side by side, then the body with the list of their values. The header is a list or iterable of
 * signatures, a group, or one signature.
 */
export function chord<const H>(header: Header<H>): Waiting<H>;
export function chord<const H, B, const Options = Unsaid>(
  header: Header<H>,
  body: Body<H, B, Options>,
  options?: Known<Options>,
): Chord<H, B>;
export function chord(header: unknown, ...rest: readonly [body?: unknown, options?: ChordOptions]): unknown {
  const head = headerTree(header);
  if (rest.length > 0) return chordOf(head, rest[0], rest[1]);
  return (body: unknown, options?: ChordOptions) => chordOf(head, body, options);
}

interface Head {
  readonly tree: GroupTree;
  readonly origin: Origin | undefined;
}

function headerTree(header: unknown): Head {
  const tree = treeOf(header);
  if (tree?.kind === "group") return { tree, origin: originOf(header) };
  return collect(isSeveral(header) ? header : [header], "the header of chord");
}

function chordOf(head: Head, body: unknown, options: ChordOptions = {}): unknown {
  const { onError = "fail", ...others } = options;
  const { tree: header } = head;
  const bodyTree = needTree(body, "the body of chord");
  const origin = head.origin ?? originOf(body);
  if (onError !== "fail" && onError !== "cancel" && onError !== "settle") {
    throw new TypeError(`chord: onError is "fail", "cancel" or "settle"; found ${JSON.stringify(onError)}`);
  }
  for (const name in others) {
    throw new TypeError(`chord: its one option is onError, but there is ${name}; send options are for .set(...)`);
  }
  checkFit(header, bodyTree, origin);
  return signatureOf({ kind: "chord", header, body: bodyTree, policy: onError, ...bare }, origin);
}
