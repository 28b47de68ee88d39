/** Signatures by the name of their task, and signatures from plain data. */

import { callTree } from "./bare.js";
import type { ResultOf, ParametersOf as Taken } from "./calls.js";
import type { Message } from "./fits.js";
import { fromJson as readTree, type TreeJson } from "./json.js";
import type { Said } from "./labels.js";
import type { Anything, Bindable, Open } from "./open.js";
import type { Origin } from "./origin.js";
import { checkedOptions } from "./send-options.js";
import type { Signature, SignatureJson } from "./signature.js";
import { immutable } from "./task-builder.js";
import type { SendOptions } from "./tree.js";
import { signatureOf, treeOf } from "./value.js";

/** Send options, and whether the signature ignores what it is given. */
export interface SignatureOptions extends SendOptions {
  readonly immutable?: boolean;
}

/** A signature of which only the name is known: it is open for anything, and its result is unknown. */
export type UntypedSignature = Signature<unknown[], unknown>;

// tasks, name -> itself or message
type KnownName<Tasks, Name extends string> = string extends Name
  ? Name
  : Name extends keyof Tasks
    ? Name
    : Message<Said<`no task is called ${Name}`, Suggested<Nearest<Name, keyof Tasks>>>>;

// names -> text
type Suggested<Near> = [Near] extends [never] ? "" : Near extends string ? `; did you mean ${Near}?` : "";

// name, known names -> those that are one slip away, or the same but for their case
type Nearest<Name extends string, Known> = Known extends string
  ? Lowercase<Known> extends Lowercase<Name>
    ? Known
    : OneSlip<Name, Known> extends true
      ? Known
      : never
  : never;

// name, name -> whether one letter more, less or other makes them the same
type OneSlip<A extends string, B extends string> = A extends `${infer First}${infer RestA}`
  ? B extends `${First}${infer RestB}`
    ? OneSlip<RestA, RestB>
    : B extends `${string}${infer RestB}`
      ? RestA extends RestB
        ? true
        : RestA extends B
          ? true
          : A extends RestB
            ? true
            : Swapped<A, B>
      : RestA extends ""
        ? true
        : false
  : B extends `${string}${infer RestB}`
    ? RestB extends ""
      ? true
      : false
    : true;

// name, name -> whether their first two letters are in each other's place
type Swapped<A extends string, B extends string> = A extends `${infer First}${infer Second}${infer Rest}`
  ? B extends `${Second}${First}${Rest}`
    ? true
    : false
  : false;

// labels of tasks, name -> parameters
type ParametersOf<Tasks, Name> = Name extends keyof Tasks ? Taken<Tasks[Name]> : unknown[];

// parameters, what is bound, options -> what is open
type OpenOf<Parameters extends readonly unknown[], Given extends readonly unknown[], Options> = Options extends {
  readonly immutable: true;
}
  ? Anything
  : Open<Parameters, Given>;

// labels of tasks, name, what is bound, options -> signature
type Named<Tasks, Name, Given extends readonly unknown[], Options> = Name extends keyof Tasks
  ? Signature<OpenOf<Taken<Tasks[Name]>, Given, Options>, ResultOf<Tasks[Name]>, Tasks[Name]>
  : UntypedSignature;

// parameters, options, what is bound -> itself or what may be bound
type Bound<Parameters extends readonly unknown[], Options, Given> = Options extends { readonly immutable: true }
  ? Readonly<Parameters>
  : Given extends Readonly<Bindable<Parameters>>
    ? Given
    : Readonly<Bindable<Parameters>>;

/** Makes a signature of the task of that name, checked as the task's own `s` is. */
export type SignatureByName<Tasks> = <
  const Name extends string,
  const Options extends SignatureOptions = SignatureOptions,
  const Given extends readonly unknown[] = [],
>(
  name: KnownName<Tasks, Name>,
  args?: Bound<ParametersOf<Tasks, Name>, Options, Given>,
  options?: Options,
) => Named<Tasks, Name, Given, Options>;

// anything -> a signature where it was written from one, else itself
/** What `maybeSignature` gives back. */
export type Revived<T> = T extends SignatureJson<infer S> ? (unknown extends S ? UntypedSignature : S) : T;

/** Turns what `toJSON()` gave, also after a trip through text, back into a signature; anything else is given back unchanged. */
export type MaybeSignature = <T>(value: T) => Revived<T>;

/** `signature` of one application: the generated module exports it, with the table of its tasks' labels. */
export function byName<Tasks>(app: Origin): SignatureByName<Tasks> {
  return ((name: string, args?: readonly unknown[], options?: SignatureOptions) =>
    named(app, { name, args, options })) as unknown as SignatureByName<Tasks>;
}

/** `maybeSignature` of one application. */
export function reviver(app: Origin): MaybeSignature {
  return (value) => revive(value, app);
}

/** A signature by name, of the most recently created application: what it takes and returns is not known. */
export function signature(name: string, args?: readonly unknown[], options?: SignatureOptions): UntypedSignature {
  return named(undefined, { name, args, options });
}

/** {@link reviver} for the most recently created application. */
export const maybeSignature: MaybeSignature = (value) => revive(value, undefined);

interface Request {
  readonly name: string;
  readonly args: readonly unknown[] | undefined;
  readonly options: SignatureOptions | undefined;
}

function named(app: Origin | undefined, { name, args = [], options = {} }: Request): UntypedSignature {
  const { immutable: ignores, ...sent } = options;
  const call = { ...callTree({ task: name, args }), options: checkedOptions(sent, () => `${name}: signature`) };
  const contract = app?.contract(name);
  if (!ignores) return signatureOf(call, app);
  return signatureOf(contract ? immutable(call, contract) : { ...call, immutable: true }, app);
}

function revive<T>(value: T, app: Origin | undefined): Revived<T> {
  if (treeOf(value) || !isSignatureJson(value)) return value as Revived<T>;
  return signatureOf(readTree(value.canvas), app);
}

function isSignatureJson(value: unknown): value is { readonly canvas: TreeJson } {
  if (typeof value !== "object" || value === null) return false;
  const { tqc, canvas } = value as { readonly tqc?: unknown; readonly canvas?: unknown };
  return tqc === 1 && typeof canvas === "object" && canvas !== null && "kind" in canvas;
}
