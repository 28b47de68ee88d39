/** Where cases are run: the same canvases and assertions, whoever runs them. */
import type { Signature } from "tqc";

/** How a canvas ended. */
export type End<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error };

export abstract class World {
  /** Runs a canvas and waits for all that it started, callbacks included. */
  abstract end<In extends readonly unknown[], T>(canvas: Signature<In, T>, ...given: In): Promise<End<T>>;

  /** The value of a canvas that succeeds. */
  async value<In extends readonly unknown[], T>(canvas: Signature<In, T>, ...given: In): Promise<T> {
    const end = await this.end(canvas, ...given);
    if (end.ok) return end.value;
    throw end.error;
  }

  /** What a canvas that fails rejects with. */
  async error<In extends readonly unknown[]>(canvas: Signature<In>, ...given: In): Promise<Error> {
    const end = await this.end(canvas, ...given);
    if (!end.ok) return end.error;
    throw new Error(`it was to fail, but its value is ${JSON.stringify(end.value)}`);
  }
}

/** A promise's end as a value. */
export async function endOf<T>(promise: Promise<T>): Promise<End<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return { ok: false, error: error as Error };
  }
}

let keys = 0;

/** A name that no other test uses. */
export function fresh(): string {
  keys += 1;
  return `key-${keys}`;
}
