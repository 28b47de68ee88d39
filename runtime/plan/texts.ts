/** Nodes -> the texts they travel as. */
import type { Submission } from "../broker.js";
import { type CallNode, type CallOptions, DEFAULT_KEEP, type Edge } from "../messages.js";
import type { KeyRing } from "../signing.js";
import { readMessage, writeEdges, writeMessage } from "../wire.js";

/** What every message of a run says of it. */
export interface MessageFacts {
  readonly run: string;
  /** Milliseconds since the epoch. */
  readonly submitted: number;
  /** Signs the messages. Default: nobody does. */
  readonly ring?: KeyRing | undefined;
  /** Headers that lead the attempts of its nodes back to the span it was sent in. Default: nobody traces. */
  readonly trace?: Readonly<Record<string, string>> | undefined;
}

/** What a run of one call says in its message, for want of a plan. */
export interface Fate {
  readonly reply: string;
  readonly keep?: number;
  readonly lone: true;
}

/** The same, with nothing said that goes without saying. */
export function fateOf({ reply, keep }: Pick<Submission, "reply" | "keep">): Fate {
  return keep === DEFAULT_KEEP ? { reply, lone: true } : { reply, keep, lone: true };
}

/**
 * Writes the messages of a run. What like calls have in common is put together once, for as long as one follows the
 * other: of a fan-out's ten thousand members, each adds its number, its path and its arguments (see `SettingsCache`).
 * A text is put together from few pieces: each piece is an object until the text is written.
 */
export class MessageTexts {
  readonly #facts: MessageFacts;
  readonly #fate: Fate | undefined;
  /** The call that `#head` and `#tail`, the two ends of a header, were put together for. */
  #like: CallNode | undefined;
  #head = "";
  #tail = "";
  /** From behind the index to the path: the rest of the routing, the edges, the head. */
  #front = "";
  #edge: Edge | undefined;
  #edgeText = "";
  /** The edges in `#front`. */
  #frontEdges: string | undefined;

  constructor(facts: MessageFacts, fate?: Fate) {
    this.#facts = facts;
    this.#fate = fate;
  }

  /** A call's edges as text: the same text for the same one edge. */
  edgesOf({ edges }: CallNode): string {
    const [edge] = edges;
    if (edges.length !== 1 || edge === undefined) return writeEdges(edges);
    if (edge !== this.#edge) {
      this.#edge = edge;
      this.#edgeText = writeEdges(edges);
    }
    return this.#edgeText;
  }

  /** A call's whole message; `edges` as `edgesOf` gives them. Its header is in the order of `CallHeader`. */
  messageOf(node: CallNode, edges: string): string {
    const { run, ring } = this.#facts;
    if (!this.#like || !isAlike(this.#like, node)) this.#prepare(node);
    if (edges !== this.#frontEdges) {
      this.#frontEdges = edges;
      this.#front = ` ${node.queue} ${node.priority} ${node.delay}\n${edges}\n${this.#head}`;
    }
    const path = node.path === "" ? "" : `,"path":${JSON.stringify(node.path)}`;
    const parent = node.parent === undefined ? "" : `,"parent":${node.parent}`;
    const id = node.id === undefined ? "" : `,"id":${JSON.stringify(node.id)}`;
    const text = `${run} ${node.index}${this.#front}${path}${parent}${id}${this.#tail}${node.args}`;
    return ring ? writeMessage(ring.sign(readMessage(text))) : text;
  }

  #prepare(node: CallNode): void {
    const { task, fingerprint, mode, immutable, open, expires, stamps } = node;
    const { submitted, trace } = this.#facts;
    const options = trace === undefined ? node.options : withTrace(node.options, trace);
    const head = {
      task,
      fingerprint,
      ...(mode !== "call" && { mode }),
      ...(immutable && { immutable }),
      open,
    };
    const tail = {
      submitted,
      expires,
      ...(Object.keys(options).length > 0 && { options }),
      ...(Object.keys(stamps).length > 0 && { stamps }),
      ...this.#fate,
    };
    this.#like = node;
    this.#head = JSON.stringify(head).slice(0, -1);
    this.#tail = `,${JSON.stringify(tail).slice(1)}\n`;
    this.#frontEdges = undefined;
  }
}

/** Whether two calls differ in their place and their arguments at most. */
function isAlike(one: CallNode, other: CallNode): boolean {
  return (
    one.task === other.task &&
    one.queue === other.queue &&
    one.priority === other.priority &&
    one.delay === other.delay &&
    one.options === other.options &&
    one.stamps === other.stamps &&
    one.mode === other.mode &&
    one.immutable === other.immutable &&
    one.open === other.open &&
    one.expires === other.expires &&
    one.fingerprint === other.fingerprint
  );
}

/** A header of that name that the sender has set is his. */
function withTrace(options: CallOptions, trace: Readonly<Record<string, string>>): CallOptions {
  return { ...options, headers: { ...trace, ...options.headers } };
}
