/** A worker's wait for news, beside the tasks that run: at the broker, and by its own clock for what will be due. */
import type { Host } from "../attempt/attempt.js";
import type { Claim } from "../broker.js";

const NO_ALARM = { at: Number.POSITIVE_INFINITY, cancel: () => {} };

export interface WatchParts {
  readonly host: Host;
  readonly queues: readonly string[];
  /** There may be work. */
  onNews(): void;
  /** The time has come that the alarm was set for. */
  onAlarm(): void;
  /** The broker has handed over calls while the worker waited, of which there may be more. */
  onHanded(claims: readonly Claim[]): void;
}

export class Watch {
  readonly #parts: WatchParts;
  #idling: AbortController | undefined;
  /** One that ended a wait without being used: it does for the next. */
  #spare: AbortController | undefined;
  #alarm = NO_ALARM;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Whether a wait is under way; one that was called off may still bring a call. */
  get isOn(): boolean {
    return this.#idling !== undefined;
  }

  /** Whether a wait is under way that was not called off. */
  get isWanted(): boolean {
    return this.#idling?.signal.aborted === false;
  }

  /** Waits until the broker has news, or `ms` have passed. */
  idle(ms: number): void {
    const { host, queues, onNews, onHanded } = this.#parts;
    const idling = this.#spare ?? new AbortController();
    this.#idling = idling;
    this.#spare = undefined;
    let isHanded = false;
    const end = () => {
      if (this.#idling === idling) this.#idling = undefined;
    };
    const handed = (claims: readonly Claim[]) => {
      isHanded = true;
      end();
      onHanded(claims);
    };
    const over = () => {
      end();
      if (!idling.signal.aborted) this.#spare = idling;
      // What was handed over was news enough.
      if (!isHanded) onNews();
    };
    // An outage is met by the exchange that follows, too, which reports it.
    host.broker.idle({ worker: host.worker, queues, ms, signal: idling.signal, handed }).then(over, over);
  }

  /** Ends the wait soon. */
  callOff(): void {
    // With a reason: without one, an error with its stack is made each time, and a busy worker does this often.
    this.#idling?.abort("called off");
  }

  /** Rings after so many ms at the latest. One that rings too early does no harm, so most are left as they are. */
  setAlarm(ms: number): void {
    const { clock } = this.#parts.host;
    const at = clock.now() + ms;
    if (this.#alarm.at <= at) return;
    this.#alarm.cancel();
    const cancel = clock.after(ms, () => {
      this.#alarm = NO_ALARM;
      this.#parts.onAlarm();
    });
    this.#alarm = { at, cancel };
  }

  /** Ends it all. */
  end(): void {
    this.#alarm.cancel();
    this.callOff();
  }
}
