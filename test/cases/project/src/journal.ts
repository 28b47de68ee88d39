/** What the fixture tasks leave behind in this process: notes of their calls, and gates that hold them up. */

const notes = new Map<string, unknown[]>();

/** A task notes what it was given. */
export function note(key: string, what: unknown): void {
  notes.set(key, [...noted(key), what]);
}

/** All that was noted under a key, in order. */
export function noted(key: string): readonly unknown[] {
  return notes.get(key) ?? [];
}

/** A place where a task waits until the test lets it pass. */
class Gate {
  readonly entered: Promise<void>;
  readonly opened: Promise<void>;
  enter: () => void = () => {};
  open: () => void = () => {};

  constructor() {
    this.entered = new Promise((resolve) => {
      this.enter = resolve;
    });
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }
}

const gates = new Map<string, Gate>();

/** The gate of that name; the first to ask makes it. */
export function gate(name: string): Gate {
  const found = gates.get(name) ?? new Gate();
  gates.set(name, found);
  return found;
}
