/**
 * Types only: how a registry notices that a function is no longer what it was when the generated module was built. A checker
 * does this for every task, so where nothing has changed it compares a module with an object of functions, both ways, and
 * nothing else: what would tell more is a type that is left alone until these have failed.
 */

import type { Anything } from "./open.js";

/** A type that the generated module cannot write down, since it has a name of the user's: it is compared with nothing. */
export type Untold = Anything[number];

/** What the generated module tells of one of the user's modules; a table that would be empty is not there. */
export interface ModuleAsBuilt {
  /** What the names of its tasks begin with: "tasks.math.". */
  readonly prefix: string;
  /** The module itself: what it exports now. */
  readonly now: unknown;
  /** Its tasks as they were, each argument given. */
  readonly functions?: unknown;
  /** What they must also do with, where a parameter is optional: the required arguments alone. */
  readonly least?: unknown;
  /** What was found out of those that are compared as lists: {@link ListChange}, or never where nothing has changed. */
  readonly lists?: unknown;
  /** The names of tasks that are not called by their module and export. */
  readonly names?: unknown;
}

/** What a module must be: anything, where its tasks are what they were or are used in the same way; else what has changed. */
export type Unchanged<Module extends ModuleAsBuilt> = [IsAsBuilt<Module>, Listed<Module>] extends [true, never]
  ? unknown
  : Told<
      // Written here and under no name, so that the message shows them.
      | Module["lists"][keyof Module["lists"]]
      | { [Key in keyof Module["functions"]]: ChangeOf<Module, Key> }[keyof Module["functions"]]
    >;

/** A function that is no longer what it was: the sentence that tells so, what it is, and what it was. */
export interface Changed<Says, Now, Then> {
  readonly [change]: readonly [Says, Now, Then];
}
declare const change: unique symbol;

/** A function as two lists, for parameters that are a list themselves, and for methods, which a checker compares less strictly. */
export type ListChange<Name extends string, Now, Then> = [AsList<Now>, Then] extends [Then, AsList<Now>]
  ? never
  : Changed<Stale<Name>, Now, Then>;
type AsList<Function> = Function extends (...args: infer Args) => infer Out ? [Args, Awaited<Out>] : never;

// module -> whether it is exactly what it was
type IsAsBuilt<Module extends ModuleAsBuilt> = Module["now"] extends Module["functions"]
  ? Module["now"] extends Module["least"]
    ? StandsInFor<Module["functions"], Module["now"]>
    : false
  : false;

// functions, module -> whether they can stand in for those of the module; picking is left alone where it has no more than these
type StandsInFor<Functions, Now> = Functions extends Now
  ? true
  : Functions extends Pick<Now, keyof Functions & keyof Now>
    ? true
    : false;

// module -> what was found out of lists
type Listed<Module extends ModuleAsBuilt> = Module["lists"][keyof Module["lists"]];

// changes -> what holds any module if there are none, and else none
type Told<Changes> = [Changes] extends [never] ? unknown : Changes;

// module, export -> its change, if it is not used as before: whether it is async or generic is no matter
type ChangeOf<Module extends ModuleAsBuilt, Key extends keyof Module["functions"]> = Key extends keyof Module["now"]
  ? IsUsedAlike<Module["now"][Key], Module["functions"][Key], In<Module["least"], Key>> extends true
    ? never
    : Changed<Stale<NameIn<Module, Key>>, Module["now"][Key], Module["functions"][Key]>
  : Changed<Gone<NameIn<Module, Key>>, undefined, Module["functions"][Key]>;

// function, function, function -> whether the first two can stand in for each other, and the first for the third
type IsUsedAlike<Now, Then, Least> = [Plain<Now>, Plain<Then>, Now] extends [Plain<Then>, Plain<Now>, Least]
  ? true
  : false;

// function -> the same, not async and not generic
type Plain<Function> = Function extends (...args: infer Args) => infer Out ? (...args: Args) => Awaited<Out> : Function;

// table, key -> what it holds, if anything
type In<Table, Key> = Key extends keyof Table ? Table[Key] : unknown;

// module, export -> the name of its task
type NameIn<Module extends ModuleAsBuilt, Key> = Key extends keyof Module["names"]
  ? Module["names"][Key]
  : `${Module["prefix"]}${Key & string}`;

type Stale<Name> = `${Name & string} has changed since the last build: run \`tqc build\``;
type Gone<Name> = `${Name & string} is not exported any more: run \`tqc build\``;
