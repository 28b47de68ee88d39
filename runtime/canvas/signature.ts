/**
 * A signature: a canvas that is not running yet, as an immutable, typed value. `In` is the tuple (or union of tuples) of
 * the arguments that are still open, `Out` what the canvas resolves to, `Label` what messages call it.
 */

import type { AsyncResult, GroupResult } from "../result/result.js";
import type { CallbackOf, ErrbackOf, Fits, Piped } from "./fits.js";
import type { Called } from "./labels.js";
import type { SendOptions, Stamper } from "./tree.js";

/** Types only: where a signature shows its three parameters. No such property exists at run time. */
export declare const face: unique symbol;

/** Types only: what tells a group from a chain that ends in one. No such property exists at run time. */
export declare const side: unique symbol;

/** What every canvas is: a value that can be sent, composed and stamped. Each method returns a new one. */
export interface Signature<in In extends readonly unknown[] = never, out Out = unknown, Label = unknown> {
  readonly [face]: { given(...args: In): void; readonly out: Out; readonly label: Called<Label> };
  readonly kind: "call" | "chain" | "group" | "chord";
  /** The task's name on the wire, where this is a call. */
  readonly task: string | undefined;
  /** The bound arguments, where this is a call. */
  readonly args: readonly unknown[];
  readonly options: SendOptions;
  /** The id the result will have, once it is fixed by `freeze` or `set`. */
  readonly id: string | undefined;
  /** Sends it. Resolves once the broker has it. */
  delay(...args: In): Promise<AsyncResult<Out>>;
  /** Sends it with options. The arguments may be left out where none is open. */
  applyAsync<Self>(this: Self, ...call: SendArguments<Self>): Promise<HandleOf<Self>>;
  /** Runs it here, in this process, through the codec. */
  apply(...args: In): Promise<Out>;
  /** Gives it send options; on a composite they are defaults for all below it. Headers merge by key. */
  set(options: SendOptions): this;
  /** An equal signature that shares nothing with this one. */
  clone(): this;
  /** Fixes the id the result will have. */
  freeze(id?: string): this & { readonly id: string };
  /** Calls `callback` once with the result, after this has succeeded. */
  link<Self, Callback>(this: Self, callback: CallbackOf<Self, Callback>): Self;
  /** Calls `handler` once with a TaskFailure, when this has finally failed. */
  linkError<Handler>(handler: ErrbackOf<Handler>): this;
  /** Stamps every task below, callbacks included; the innermost stamp wins. */
  stamp(stamper: Stamper): this;
  /** Hands the result to `next` as its first argument. */
  pipe<Self, Next>(this: Self, next: Fits<Self, Next>): Piped<Self, Next>;
  /** Plain data that `maybeSignature` turns back into this signature. */
  toJSON(): SignatureJson<this>;
}

/** A canvas whose value is the list of what its last members return. Its handle is a GroupResult. */
export interface ListSignature<
  in In extends readonly unknown[] = never,
  out Out extends readonly unknown[] = readonly unknown[],
  Label = unknown,
> extends Signature<In, Out, Label> {
  /** Sends it. Resolves once the broker has it. */
  delay(...args: In): Promise<GroupResult<Out>>;
}

/** Members side by side. It has no `link`: `chord(group, callback)` says what is meant. */
export interface GroupSignature<
  in In extends readonly unknown[] = never,
  out Out extends readonly unknown[] = readonly unknown[],
  Label = unknown,
> extends ListSignature<In, Out, Label> {
  readonly [side]: "by side";
}

/** A signature as plain data. */
export interface SignatureJson<out Self> {
  readonly tqc: 1;
  readonly canvas: { readonly kind: string };
  /** Types only: the signature this was made from. */
  readonly [face]?: Self;
}

/** The arguments a signature is still open for. */
export type InOf<S> = S extends Signature<infer In, unknown, unknown> ? In : never;
/** What a signature resolves to. */
export type OutOf<S> = S extends Signature<never, infer Out, unknown> ? Out : never;
/** What messages call a signature. */
export type LabelOf<S> = S extends Signature<never, unknown, infer Label> ? Label : never;

// Signature -> its handle
type HandleOf<Self> =
  Self extends ListSignature<never, infer Out, unknown>
    ? GroupResult<Out>
    : Self extends Signature<never, infer Out, unknown>
      ? AsyncResult<Out>
      : never;

// Signature -> the arguments of applyAsync
type SendArguments<Self> =
  Self extends Signature<infer In, unknown, unknown>
    ? [] extends In
      ? [args?: Readonly<In>, options?: SendOptions]
      : [args: Readonly<In>, options?: SendOptions]
    : never;
