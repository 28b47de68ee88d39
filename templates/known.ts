/** What the compiler knows of a task beside its contract: types as the generated module may write them. */

/** What the compiler knows of a task's function. */
export interface BuilderTexts {
  /** One per parameter, in order; for a rest parameter, the type of one argument. Undefined where it needs a name of the user's. */
  readonly parameters: readonly (string | undefined)[];
  /** The awaited result, as it arrives on the other side; likewise. */
  readonly result: string | undefined;
  /** The function itself gives a promise of it. */
  readonly promised?: boolean;
  /** From this parameter on they are the elements of a rest parameter of tuple type. */
  readonly spread?: number;
}
