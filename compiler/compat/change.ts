/** What the judgement of two manifests is made of. */
import type { Place } from "../diagnostic.js";

/**
 * What becomes of work that meets the other side of a rollout. `safe`: it runs. `waits`: it is set aside until a worker
 * of the new version takes it. `breaking`: it cannot run, or a reader gets what it does not expect.
 */
export type Verdict = "safe" | "waits" | "breaking";

/** What can change. */
export type ChangeKind =
  | "task-added"
  | "task-removed"
  | "task-renamed"
  | "alias-removed"
  | "parameter-added"
  | "parameter-removed"
  | "parameter-renamed"
  | "parameters-reordered"
  | "parameter-widened"
  | "parameter-narrowed"
  | "parameter-changed"
  | "parameter-made-required"
  | "parameter-made-optional"
  | "result-narrowed"
  | "result-widened"
  | "result-changed"
  | "queue-changed"
  | "result-dropped"
  | "option-changed";

/** One change. */
export interface Change {
  readonly task: string;
  readonly kind: ChangeKind;
  readonly severity: "safe" | "breaking";
  /** What becomes of work in flight when the new workers come first, and when the new producers do. */
  readonly rollout: { readonly workersFirst: Verdict; readonly producersFirst: Verdict };
  /** What changed. */
  readonly message: string;
  /** Why it is safe, or what breaks. */
  readonly why: string;
  /** What to do. */
  readonly help?: string;
  /** Where to look, file relative to the working directory: at the task, or at the manifest that it is gone from. */
  readonly place?: Place;
}
