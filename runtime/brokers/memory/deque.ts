/** A list that is taken from the front, and grows at both ends, in constant time. */
export class Deque<Item> {
  #front: Item[] = [];
  #back: Item[] = [];
  #head = 0;

  get size(): number {
    return this.#front.length + this.#back.length - this.#head;
  }

  pushBack(item: Item): void {
    this.#back.push(item);
  }

  pushFront(item: Item): void {
    this.#front.push(item);
  }

  shift(): Item | undefined {
    if (this.#front.length > 0) return this.#front.pop();
    if (this.#head === this.#back.length) return undefined;
    const item = this.#back[this.#head];
    this.#head += 1;
    // Halving keeps what has gone below what is left, at a constant cost per item.
    if (this.#head > 64 && this.#head * 2 > this.#back.length) {
      this.#back = this.#back.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Takes the item at a position, counted from the front. */
  takeAt(position: number): Item | undefined {
    const inFront = this.#front.length;
    if (position < inFront) return this.#front.splice(inFront - 1 - position, 1)[0];
    return this.#back.splice(this.#head + position - inFront, 1)[0];
  }

  *[Symbol.iterator](): IterableIterator<Item> {
    for (let i = this.#front.length - 1; i >= 0; i--) yield this.#front[i]!;
    for (let i = this.#head; i < this.#back.length; i++) yield this.#back[i]!;
  }
}
