/** Adds two numbers.
 *  @task */
export function add(x: number, y: number): number {
  return x + y;
}

/** Multiplies two numbers.
 *  @task { pure: true } */
export function mul(x: number, y: number): number {
  return x * y;
}

/** Adds up a list.
 *  @task { pure: true } */
export function sum(list: number[]): number {
  return list.reduce((total, each) => total + each, 0);
}

/** A power; the square where no exponent is given.
 *  @task */
export function pow(base: number, exponent = 2): number {
  return base ** exponent;
}

/** Twice each number: what `chunks` hands to a task.
 *  @task { pure: true } */
export function double(list: number[]): number[] {
  return list.map((each) => each * 2);
}

/** Adds two numbers, and keeps no copy of the result.
 *  @task { ignoreResult: true } */
export function addUnseen(x: number, y: number): number {
  return x + y;
}
