/** Things by the moment they are due, each under a key of its own: Redis's sorted set, for the embedded broker. */
export class Schedule<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  /** A binary heap; entries that were deleted or replaced stay in it until they come up. */
  readonly #heap: Entry<Value>[] = [];
  /** Told when something is due before all else: whoever sleeps until the next moment has to be woken. */
  onFirst: () => void = () => {};

  get size(): number {
    return this.#entries.size;
  }

  set(key: string, due: number, value: Value): void {
    const entry = { key, due, value };
    this.#entries.set(key, entry);
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    if (this.#first() === entry) this.onFirst();
  }

  get(key: string): { readonly due: number; readonly value: Value } | undefined {
    return this.#entries.get(key);
  }

  delete(key: string): boolean {
    return this.#entries.delete(key);
  }

  /** The moment the first one is due. */
  next(): number | undefined {
    return this.#first()?.due;
  }

  /** Removes the first one, if it is due by `now`. */
  take(now: number): Value | undefined {
    const first = this.#first();
    if (!first || first.due > now) return undefined;
    this.#entries.delete(first.key);
    this.#drop();
    return first.value;
  }

  values(): Value[] {
    return [...this.#entries.values()].map(({ value }) => value);
  }

  entries(): IterableIterator<{ readonly key: string; readonly due: number; readonly value: Value }> {
    return this.#entries.values();
  }

  #first(): Entry<Value> | undefined {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (this.#entries.get(first.key) === first) return first;
      this.#drop();
    }
    return undefined;
  }

  #drop(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(at: number): void {
    for (let child = at; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (this.#heap[parent]!.due <= this.#heap[child]!.due) return;
      this.#swap(parent, child);
      child = parent;
    }
  }

  #sink(at: number): void {
    const heap = this.#heap;
    for (let parent = at; ; ) {
      const left = 2 * parent + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && heap[left + 1]!.due < heap[left]!.due ? left + 1 : left;
      if (heap[parent]!.due <= heap[child]!.due) return;
      this.#swap(parent, child);
      parent = child;
    }
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }
}

interface Entry<Value> {
  readonly key: string;
  readonly due: number;
  readonly value: Value;
}
