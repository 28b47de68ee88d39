/**
 * What a signature is called in messages. A label is the third parameter of a `Signature`: it holds texts, which the
 * compiler generates, and costs nothing until a message is printed. Each kind of canvas has a label of its own, so that
 * an editor shows `Signature<[x: number], string, Through<add$, upper$>>`.
 */

/** Types only: where a builder shows its label. No such property exists at run time. */
export declare const builder: unique symbol;

/** What every label tells: a name, the texts of the parameters it may be open for, and the text of the result. */
export interface TaskLabel {
  readonly name: string;
  readonly takes: readonly string[];
  readonly returns: string;
}

/** Holds a label where inference finds it and assignability does not look: signatures differ by what they do, not by name. */
// biome-ignore lint/correctness/noUnusedVariables: that it is unused is the point
export interface Called<Label> {
  readonly called?: never;
}

/** A call with some parameters bound by name: these are still open. */
export interface Bound<Label, Takes extends readonly string[]> {
  readonly name: NameOf<Label>;
  readonly takes: Takes;
  readonly returns: ReturnsOf<Label, unknown>;
}

/** A call that ignores what it is given. */
export interface Closed<Label> {
  readonly closed: true;
  readonly name: NameOf<Label>;
  readonly returns: ReturnsOf<Label, unknown>;
}

/** A chain, or a chord: it takes what its first part takes, is called by its last, and returns what that returns. */
export interface Through<First, Last> {
  readonly name: NameOf<Last>;
  readonly takes: PartsOf<First>;
  readonly returns: ReturnsOf<Last, unknown>;
}

/** A group of these members. */
export interface GroupOf<Labels extends readonly unknown[]> {
  readonly group: true;
  readonly name: Said<"group of ", Names<Labels>>;
  readonly members: Labels;
  readonly takes: PartsOf<FirstOpen<Labels>>;
  readonly returns: ReturnsOfMembers<Labels>;
}

/** One value per item: a mapping call. */
export interface PerItem<Label> {
  readonly name: NameOf<Label>;
  readonly returns: Listing<ReturnsOf<Label, unknown>>;
}

/** A header as it looks to a body that is given outcomes instead of values. */
export interface Outcomes<Label> {
  readonly name: NameOf<Label>;
  readonly returns: Said<"the outcomes of ", ReturnsOf<Label, unknown>>;
}

/** A header as it looks to a body that may be given either, since the options are only known at run time. */
export interface ValuesOrOutcomes<Label> {
  readonly name: NameOf<Label>;
  readonly returns: Said<Said<ReturnsOf<Label, unknown>, ", or the outcomes of ">, ReturnsOf<Label, unknown>>;
}

// Label -> text
/** What a canvas is called: a chain by its last task, a chord by its body, a group by its members. */
export type NameOf<Label> = Label extends { readonly name: infer Name extends string } ? Name : "this signature";

// Label, Out -> text
/** The type of the result, as its author wrote it. */
export type ReturnsOf<Label, Out> = Label extends { readonly returns: infer Text extends string }
  ? Text
  : TypeText<Out>;

// Label -> texts of the parameters
type PartsOf<Label> = Label extends { readonly takes: infer Takes extends readonly string[] } ? Takes : undefined;

// Label, In -> text
/** The parameters that are still open, as their author wrote them: `(x: number)`. */
export type TakesOf<Label, In extends readonly unknown[]> = Label extends {
  readonly members: infer Labels extends readonly [unknown, ...unknown[]];
}
  ? TakenByEach<Labels, In>
  : TakenByOne<Label, In>;
type TakenByOne<Label, In extends readonly unknown[]> = Label extends {
  readonly takes: infer Takes extends readonly string[];
}
  ? Said<"(", Joined<Front<Takes, In["length"]>>, ")">
  : Said<"(", TypeTexts<In>, ")">;

// Labels -> text
type Names<Labels extends readonly unknown[]> = number extends Labels["length"]
  ? NameOf<Labels[number]>
  : Labels extends readonly [infer A, infer B, infer C, unknown, ...unknown[]]
    ? Said<Names<[A, B, C]>, ", ...">
    : Labels extends readonly [infer A, infer B, infer C]
      ? Said<Names<[A, B]>, ", ", NameOf<C>>
      : Labels extends readonly [infer A, infer B]
        ? Said<NameOf<A>, ", ", NameOf<B>>
        : Labels extends readonly [infer A]
          ? NameOf<A>
          : "nothing";

// Labels -> text
type ReturnsOfMembers<Labels extends readonly unknown[]> = unknown extends Labels[number]
  ? undefined
  : number extends Labels["length"]
    ? Listing<ReturnsOf<Labels[number], unknown>>
    : Said<"[", Joined<{ [K in keyof Labels]: ReturnsOf<Labels[K], unknown> }>, "]">;

// Labels, In -> text; what several take alike is told once
type TakenByEach<
  Labels extends readonly unknown[],
  In extends readonly unknown[],
  Told = "",
> = Labels extends readonly [infer First, ...infer Rest]
  ? First extends { readonly closed: true }
    ? TakenByEach<Rest, In, Told>
    : TakenByEach<Rest, In, And<Told, TakenByOne<First, In>>>
  : Told;
/** One demand after another, each told once. */
export type And<Told, Text> = Told extends ""
  ? Text
  : Text extends string
    ? Told extends `${string}${Text}${string}`
      ? Told
      : Said<Told, " & ", Text>
    : never;

// Labels -> the first that is not closed
type FirstOpen<Labels extends readonly unknown[]> = Labels extends readonly [infer First, ...infer Rest]
  ? First extends { readonly closed: true }
    ? FirstOpen<Rest>
    : First
  : Labels[number];

// texts, the lengths In may have -> as many texts as the longest has
type Front<Texts extends readonly string[], Length extends number> = number extends Length
  ? Texts
  : Taken<Texts, Exclude<Length, 0>>;
type Taken<Texts extends readonly string[], Left extends number, Done extends readonly string[] = []> = [Left] extends [
  never,
]
  ? Done
  : Texts extends readonly [infer First extends string, ...infer Rest extends readonly string[]]
    ? Taken<Rest, Exclude<Left, [...Done, First]["length"]>, [...Done, First]>
    : Done;

// texts -> one text
type Joined<Texts extends readonly unknown[]> = Texts extends readonly [infer Only extends string]
  ? Only
  : Texts extends readonly [infer First extends string, ...infer Rest]
    ? Said<First, ", ", Joined<Rest>>
    : "";

// text -> text of a list of it
type Listing<Text> = Text extends `${string}${" | " | " & " | "=>"}${string}` ? `(${Text})[]` : Said<Text, "[]">;

// texts -> one text
/** Texts in a row. It asks nothing of its parameters, so that a recursive text may stand in it. */
export type Said<A, B, C = ""> = A extends string
  ? B extends string
    ? C extends string
      ? `${A}${B}${C}`
      : never
    : never
  : never;

// type -> text
/** A type as text, where no generated text is at hand. */
export type TypeText<T> = [T] extends [never]
  ? "never"
  : unknown extends T
    ? "unknown"
    : [T] extends [boolean]
      ? "boolean"
      : [T] extends [number]
        ? "number"
        : [T] extends [string]
          ? "string"
          : [T] extends [bigint]
            ? "bigint"
            : [T] extends [null]
              ? "null"
              : [T] extends [undefined]
                ? "undefined"
                : [T] extends [Date]
                  ? "Date"
                  : [T] extends [readonly unknown[]]
                    ? number extends T["length"]
                      ? Listing<TypeText<T[number]>>
                      : Said<"[", TypeTexts<T>, "]">
                    : "something else";
type TypeTexts<T extends readonly unknown[]> = number extends T["length"]
  ? Said<"...", TypeText<T>>
  : T extends readonly [infer Only]
    ? TypeText<Only>
    : T extends readonly [infer First, ...infer Rest]
      ? Said<TypeText<First>, ", ", TypeTexts<Rest>>
      : "";
