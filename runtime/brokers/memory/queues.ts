/** Ready messages: per queue ten lists, one per priority, best first. */
import type { MessageText } from "../../messages.js";
import { Deque } from "./deque.js";

const PRIORITIES = 10;

export class Queues {
  readonly #lists = new Map<string, readonly Deque<MessageText>[]>();
  /** What goes to the front once the move at hand is done: what is made ready together keeps its order. */
  readonly #fronts: { readonly text: MessageText; readonly list: Deque<MessageText> }[] = [];
  #size = 0;
  /** Draws which message is next, among those of one priority; undefined for the oldest. */
  draw: ((count: number) => number) | undefined;
  /** Those that give nothing for now. */
  readonly paused = new Set<string>();
  /** Told whenever a queue has got work. */
  onWork: (queue: string) => void = () => {};

  /** Messages in all queues. */
  get size(): number {
    return this.#size;
  }

  pushBack(text: MessageText, queue: string, priority: number): void {
    this.#list(queue, priority).pushBack(text);
    this.#grew(queue);
  }

  pushFront(text: MessageText, queue: string, priority: number): void {
    this.#fronts.push({ text, list: this.#list(queue, priority) });
    this.#grew(queue);
  }

  /** Puts what came to the front since the last time where it belongs, the first of it foremost. */
  flush(): void {
    for (let last = this.#fronts.pop(); last; last = this.#fronts.pop()) last.list.pushFront(last.text);
  }

  /** All that waits, list by list, each from its front. */
  *entries(): IterableIterator<{ readonly text: MessageText; readonly queue: string; readonly priority: number }> {
    for (const [queue, lists] of this.#lists) {
      for (const [priority, list] of lists.entries()) for (const text of list) yield { text, queue, priority };
    }
  }

  /** The next message of a queue: best priority first, then the oldest. */
  take(queue: string): MessageText | undefined {
    const lists = this.#lists.get(queue);
    const list = lists?.findLast(({ size }) => size > 0);
    if (!list) return undefined;
    this.#size -= 1;
    return this.draw ? list.takeAt(this.draw(list.size)) : list.shift();
  }

  /** The message of a node, wherever it waits. */
  find(node: string): MessageText | undefined {
    for (const { text } of this.entries()) if (text.startsWith(`${node} `)) return text;
    return undefined;
  }

  /** The next message of each priority. */
  firsts(queue: string): MessageText[] {
    return (this.#lists.get(queue) ?? []).flatMap((list) => list[Symbol.iterator]().next().value ?? []);
  }

  /** A node's message in a queue, and how many come before it; only the first `most` of each priority are looked at. */
  place(queue: string, node: string, most: number): { readonly text: MessageText; readonly ahead: number } | undefined {
    let before = 0;
    for (const list of (this.#lists.get(queue) ?? []).toReversed()) {
      let at = 0;
      for (const text of list) {
        if (at === most) break;
        if (text.startsWith(`${node} `)) return { text, ahead: before + at };
        at += 1;
      }
      before += list.size;
    }
    return undefined;
  }

  sizeOf(queue: string): number {
    return (this.#lists.get(queue) ?? []).reduce((sum, { size }) => sum + size, 0);
  }

  names(): string[] {
    return [...this.#lists.keys()].filter((queue) => this.sizeOf(queue) > 0);
  }

  /** Queues in the order they are to be served: as given, unless the order is drawn. */
  inOrder(queues: readonly string[]): readonly string[] {
    const left = this.draw ? [...queues] : [];
    return queues.map((queue) => (this.draw ? left.splice(this.draw(left.length), 1)[0]! : queue));
  }

  #list(queue: string, priority: number): Deque<MessageText> {
    const lists = this.#lists.get(queue) ?? Array.from({ length: PRIORITIES }, () => new Deque<MessageText>());
    this.#lists.set(queue, lists);
    return lists[priority] ?? lists[0]!;
  }

  #grew(queue: string): void {
    this.#size += 1;
    this.onWork(queue);
  }
}
