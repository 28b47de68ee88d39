/** Signed messages: who holds no key may read and delete work, but cannot have workers run anything of his making. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { ConfigurationError } from "./errors.js";
import type { CallHeader } from "./messages.js";
import type { Message } from "./wire.js";

/** Keys as "id:secret"; the first signs, all verify. As text, separated by commas. */
export type SigningKeys = string | readonly string[];

const VERSION = "tqc1";

export class KeyRing {
  readonly #keys: ReadonlyMap<string, string>;
  readonly #first: string;
  /** Differs from that of any other ring, and tells nothing of the secrets. */
  readonly print: string;

  private constructor(keys: ReadonlyMap<string, string>) {
    this.#keys = keys;
    this.#first = [...keys.keys()][0] ?? "";
    const whole = JSON.stringify([...keys]);
    this.print = createHmac("sha256", whole).update("ring").digest("base64url").slice(0, 12);
  }

  /** Keys -> ring; undefined where there are none. Throws a ConfigurationError that quotes no secret. */
  static of(keys: SigningKeys | undefined): KeyRing | undefined {
    const entries = typeof keys === "string" ? keys.split(",") : (keys ?? []);
    const named = entries.map((entry) => entry.trim()).filter((entry) => entry !== "");
    return named.length === 0 ? undefined : new KeyRing(new Map(named.map(readKey)));
  }

  /** The same message, signed with the first key. */
  sign(message: Message): Message {
    const signature = `${this.#first}:${this.#seal(this.#first, message)}`;
    return { ...message, header: { ...message.header, signature } };
  }

  /** Whether one of the keys signed it, and nothing that is signed has changed since. */
  verifies(message: Message): boolean {
    const { signature = "" } = message.header;
    const [key = "", seal = ""] = signature.split(":");
    if (!this.#keys.has(key)) return false;
    const [found, expected] = [Buffer.from(seal), Buffer.from(this.#seal(key, message))];
    return found.length === expected.length && timingSafeEqual(found, expected);
  }

  #seal(key: string, message: Message): string {
    return createHmac("sha256", this.#keys.get(key) ?? "")
      .update(signedText(message))
      .digest("base64url");
  }
}

/**
 * All that decides what runs: the node, what follows it, the whole header, and the bound arguments. Not signed is what
 * workers and brokers change on the way: queue, priority and delay, the count of attempts, and what the node is given.
 */
function signedText({ run, index, edges, header, args }: Message): string {
  const { attempt: _attempt, admitted: _admitted, signature: _signature, ...fixed }: CallHeader = header;
  return `${VERSION}\n${run} ${index}\n${edges}\n${JSON.stringify(fixed)}\n${args}`;
}

function readKey(entry: string, place: number): readonly [id: string, secret: string] {
  const at = entry.indexOf(":");
  const [id, secret] = [entry.slice(0, at), entry.slice(at + 1)];
  if (at > 0 && secret !== "" && /^[\w.-]+$/.test(id)) return [id, secret];
  throw new ConfigurationError(
    `signing key ${place + 1} is not "id:secret"; the id is of letters, digits, "_", "." and "-", as in TQC_SIGNING_KEYS="k2:secret,k1:older"`,
  );
}
