/** What all pages are told alike: each entry as it stands now, and to whoever listens whatever changes. */

/** Hears an event by its name; `data` is JSON. */
export type Hear = (event: string, data: string) => void;

/** What names an entry of a list. */
type Key = number | string;

export class Board {
  readonly #listeners = new Set<Hear>();
  readonly #values = new Map<string, string>();
  readonly #lists = new Map<string, Map<Key, string>>();

  /** Tells everything there is, and from then on what changes; the reply ends it. */
  join(hear: Hear): () => void {
    for (const [event, text] of this.#values) hear(event, text);
    for (const [event, entries] of this.#lists) hear(event, `[${[...entries.values()].join(",")}]`);
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  /** How many listen. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Forgets everything: nobody has looked for a while, and what is old is not to be told as if it were not. */
  clear(): void {
    this.#values.clear();
    this.#lists.clear();
  }

  /** Sets an entry, and tells of it where it is another one. */
  put(event: string, value: unknown): void {
    const text = JSON.stringify(value);
    if (this.#values.get(event) === text) return;
    this.#values.set(event, text);
    this.#tell(event, text);
  }

  /** Sets entries of a list, and tells of those that are other ones. Entries that are left out stay. */
  putAll(event: string, entries: Iterable<readonly [key: Key, value: unknown]>): void {
    const known = this.#lists.get(event) ?? new Map<Key, string>();
    this.#lists.set(event, known);
    const changed = [...entries].flatMap(([key, value]) => {
      const text = JSON.stringify(value);
      if (known.get(key) === text) return [];
      known.set(key, text);
      return [text];
    });
    if (changed.length > 0) this.#tell(event, `[${changed.join(",")}]`);
  }

  /** Forgets entries of a list; whoever has heard of them keeps them. */
  drop(event: string, isOld: (key: Key) => boolean): void {
    const entries = this.#lists.get(event);
    for (const key of entries?.keys() ?? []) if (isOld(key)) entries?.delete(key);
  }

  #tell(event: string, text: string): void {
    for (const hear of this.#listeners) hear(event, text);
  }
}
