/** What is measured: nothing at all, with arguments that are validated and a result that is kept.
 *  @task */
export function noop(x: number, y: number, padding: string): null {
  return x + y > padding.length ? null : null;
}

/** The next step of a chain.
 *  @task */
export function step(given: null, padding: string): null {
  return padding.length > 0 ? given : null;
}

/** The next step of a chain, of which it is known that it only computes.
 *  @task { pure: true } */
export function pureStep(given: null, padding: string): null {
  return padding.length > 0 ? given : null;
}

/** The body of a chord: is given all its members' results.
 *  @task */
export function gather(results: null[]): number {
  return results.length;
}
