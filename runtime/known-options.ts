/** Options of programs that are not type-checked: one that nobody knows is told where it is given, and with it the one that was meant. */
import { ConfigurationError } from "./errors.js";
import { nearest } from "./nearest.js";

/** What options there are. `kind` is what they are called in a message: "send option". */
export interface KnownOptions {
  readonly kind: string;
  readonly names: readonly string[];
}

/** Throws a ConfigurationError where one of the options is none. `where` says which call was given them. */
export function refuseUnknown(options: object, known: KnownOptions, where: string): void {
  for (const name of Object.keys(options)) if (!known.names.includes(name)) throw unknownOption(name, known, where);
}

/** What is thrown for a name that is none of the options. */
export function unknownOption(name: string, { kind, names }: KnownOptions, where: string): ConfigurationError {
  const meant = nearest(name, names);
  const help = meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${meant}?`;
  return new ConfigurationError(`${where}: there is no ${kind} named ${name}; ${help}`);
}

/** The names of an interface's properties, all of them: one that is left out is a type error. */
export function namesOf<Options extends object>(names: Readonly<Record<keyof Options, true>>): readonly string[] {
  return Object.keys(names);
}
