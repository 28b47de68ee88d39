/** Compiles where the value has exactly that type; a signature's label is no part of it. */
export declare function same<Expected>(): <Actual>(value: Actual, ...differs: Same<Expected, Actual>) => void;

type Same<Expected, Actual> =
  (<T>() => T extends Expected ? 1 : 2) extends <T>() => T extends Actual ? 1 : 2 ? [] : [expected: Expected];
