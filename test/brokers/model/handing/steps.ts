/** What can happen next. A list of steps is a trace. */
export type Step =
  /** The producer's next command is served: a call is pushed, or whoever waits is woken. */
  | { readonly kind: "push" }
  | { readonly kind: "wake" }
  /** A call that comes alone is brought, which is one command. */
  | { readonly kind: "bring" }
  /** The first call is revoked. */
  | { readonly kind: "cancel" }
  /** The server does what a worker has sent. */
  | { readonly kind: "serve"; readonly who: string; readonly line: Which }
  /** The reply arrives. */
  | { readonly kind: "answer"; readonly who: string; readonly line: Which }
  /** A task ends. */
  | { readonly kind: "finish"; readonly who: string; readonly run: string }
  | { readonly kind: "drain"; readonly who: string }
  | { readonly kind: "crash"; readonly who: string }
  /** A connection breaks: what was on its way, either way, does not arrive. */
  | { readonly kind: "cut"; readonly who: string; readonly line: Which }
  /** A lease runs out, of a dead worker or of one that gives no sign of life; a sign of life. */
  | { readonly kind: "lapse"; readonly who: string }
  | { readonly kind: "beat"; readonly who: string }
  | { readonly kind: "reap" }
  /** Time passes until something is due. */
  | { readonly kind: "pass" };

export type Which = "commands" | "waiting";

/** A step in a few words. */
export function written(step: Step): string {
  return Object.values(step).join(" ");
}
