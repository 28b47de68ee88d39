/**
 * Which arguments are still open. What is given later goes in front of what is bound, so the call is
 * `[...given, ...bound]`, and the open arguments are exactly the tuples that make that call type-correct.
 */

/** What an immutable signature is open for: anything at all, since it ignores it. */
// biome-ignore lint/suspicious/noExplicitAny: the contract's one `any`, so that whatever precedes an immutable step fits
export type Anything = any[];

// In -> whether it is Anything
export type IsAnything<In extends readonly unknown[]> = 0 extends 1 & In[number] ? true : false;

// parameters, bound -> open
/** The tuples that can still be given in front of `Given`; `never` where it fits nowhere. */
export type Open<Parameters extends readonly unknown[], Given extends readonly unknown[]> = Given extends readonly []
  ? Parameters
  : number extends Parameters["length"]
    ? Shown<OpenBeforeRest<Fixed<Parameters>, RestOf<Parameters>, Given>>
    : Before<Calls<Whole<Parameters>, Parameters>, Given>;

// tuples -> the same tuples, which an editor then shows instead of a name
type Shown<In> = In extends readonly unknown[] ? In : never;

// fixed parameters, type of the rest, bound -> open
type OpenBeforeRest<First extends readonly unknown[], Rest, Given extends readonly unknown[]> =
  | (Given extends readonly Rest[] ? [...Whole<First>, ...Rest[]] : never)
  | Before<Calls<Whole<First>, First> | Longer<Whole<First>, Rest, Given>, Given>;

// fixed parameters, type of the rest, bound -> the calls in which only part of what is bound belongs to the rest
type Longer<First extends readonly unknown[], Rest, Given extends readonly unknown[]> = Given extends readonly [
  unknown,
  unknown,
  ...infer More,
]
  ? [...First, ...Filled<[unknown, ...More], Rest>] | Longer<First, Rest, [unknown, ...More]>
  : never;

type Filled<List extends readonly unknown[], T> = { [K in keyof List]: T };

// calls, what ends them -> what stands before
type Before<Call, Given extends readonly unknown[]> = Call extends readonly [...infer Front, ...Filled<Given, unknown>]
  ? Call extends readonly [...Front, ...infer End]
    ? Given extends Readonly<End>
      ? Front
      : never
    : never
  : never;

// every parameter, the parameters -> each complete list of arguments, the longest first
type Calls<All extends readonly unknown[], Parameters extends readonly unknown[]> = All extends Parameters
  ? All | (All extends [...infer Shorter, unknown] ? Calls<Shorter, Parameters> : never)
  : never;

// parameters without a rest -> none of them optional, `undefined` still allowed where it was
export type Whole<Parameters extends readonly unknown[]> = Unboxed<{ [K in keyof Parameters]-?: [Parameters[K]] }>;
type Unboxed<Boxes extends readonly unknown[]> = { [K in keyof Boxes]: Boxes[K] extends [infer T] ? T : never };

// parameters with a rest -> those before it
type Fixed<Parameters extends readonly unknown[], Done extends readonly unknown[] = []> =
  IsArray<Parameters> extends true
    ? Done
    : Parameters extends readonly [infer One, ...infer More]
      ? Fixed<More, [...Done, One]>
      : Parameters extends readonly [(infer One)?, ...infer More]
        ? Fixed<More, [...Done, One?]>
        : Done;
// parameters with a rest -> the type of one argument of it
export type RestOf<Parameters extends readonly unknown[]> =
  IsArray<Parameters> extends true
    ? Parameters[number]
    : Parameters extends readonly [unknown?, ...infer More]
      ? RestOf<More>
      : never;
// a list of parameters -> whether nothing of it is left but a rest
export type IsArray<List extends readonly unknown[]> = List[number][] extends List ? true : false;

// parameters -> every list that may be bound
/** The lists of arguments that a partial may bind: any end of a complete call. */
export type Bindable<Parameters extends readonly unknown[]> = number extends Parameters["length"]
  ? Ends<Calls<Whole<Fixed<Parameters>>, Fixed<Parameters>>> | EndsWith<Whole<Fixed<Parameters>>, RestOf<Parameters>>
  : Ends<Calls<Whole<Parameters>, Parameters>>;
type Ends<List> = List extends readonly [unknown, ...infer Shorter] ? List | Ends<Shorter> : List;
type EndsWith<First extends readonly unknown[], Rest> =
  | [...First, ...Rest[]]
  | (First extends readonly [unknown, ...infer Shorter] ? EndsWith<Shorter, Rest> : never);

// (given: In) => void, a union of them -> the intersection of the In
/** What every one of several signatures accepts; anything, if there are none. */
export type Meet<Receivers> = [Receivers] extends [never]
  ? Anything
  : [Receivers] extends [(given: infer In extends readonly unknown[]) => void]
    ? In
    : never;
