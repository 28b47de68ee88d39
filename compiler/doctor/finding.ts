/** What the doctor looked at, and how it is. */

/** One thing that was looked at. */
export interface Finding {
  /** What: "Node", "eviction". */
  readonly name: string;
  readonly level: "ok" | "warning" | "error";
  /** What was found. */
  readonly says: string;
  /** What to do, where something is to be done. */
  readonly help?: string;
}

export function ok(name: string, says: string): Finding {
  return { name, level: "ok", says };
}

export function warning(name: string, says: string, help: string): Finding {
  return { name, level: "warning", says, help };
}

export function error(name: string, says: string, help: string): Finding {
  return { name, level: "error", says, help };
}
