import type { Envelope, Kind } from "./vendor/index.js";

/** @task */
export function send(envelope: Envelope<string>, kinds: readonly Kind[]): Envelope<Kind[]> {
  return { ...envelope, body: [...kinds] };
}
