/** What the options that reach a call, and its task's own, come to. */

import { inspect, types } from "node:util";
import type { CallTree, SendOptions } from "../canvas/tree.js";
import { toMilliseconds } from "../duration.js";
import { ConfigurationError } from "../errors.js";
import type { TaskContract } from "../manifest.js";
import type { CallOptions } from "../messages.js";

/** Everything about a call but its place, its arguments and its stamps. Durations are milliseconds. */
export interface Settings {
  readonly task: string;
  readonly fingerprint: string | undefined;
  readonly queue: string;
  readonly priority: number;
  /** How long its own start is delayed. */
  readonly wait: number;
  /** Since the epoch. */
  readonly expires: number | undefined;
  readonly keep: number;
  readonly pure: boolean;
  readonly options: CallOptions;
}

/** Who submits: the contracts he has, and his time, ms since the epoch. */
interface Known {
  contract(task: string): TaskContract | undefined;
  readonly now: number;
}

/**
 * The settings of calls, worked out once for neighbours that are alike: of a fan-out's ten thousand members all are, so
 * a member costs little more than its arguments (lowered in 2 us instead of 5, and its text written in 1.5 instead of 9).
 */
export class SettingsCache {
  #last: { readonly task: string; readonly own: SendOptions; readonly inherited: SendOptions } | undefined;
  #settings: Settings | undefined;

  of({ task, options: own }: CallTree, inherited: SendOptions, known: Known): Settings {
    const last = this.#last;
    if (this.#settings && last?.task === task && last.inherited === inherited && isSame(last.own, own)) {
      return this.#settings;
    }
    this.#last = { task, own, inherited };
    this.#settings = settle(task, merge(inherited, own), { contract: known.contract(task), now: known.now, own });
    return this.#settings;
  }
}

/** Value by value: signatures that were set alike have options of their own. */
function isSame(one: SendOptions, other: SendOptions): boolean {
  if (one === other) return true;
  const names = Object.keys(one) as (keyof SendOptions)[];
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function settle(
  task: string,
  options: SendOptions,
  {
    contract,
    now,
    own,
  }: { readonly contract: TaskContract | undefined; readonly now: number; readonly own: SendOptions },
): Settings {
  const defaults = contract?.options ?? {};
  return {
    task: contract?.name ?? task,
    fingerprint: contract?.fingerprint,
    queue: options.queue ?? defaults.queue ?? "default",
    priority: options.priority ?? defaults.priority ?? 0,
    wait: wait(own, now),
    expires: expiry(options.expires ?? defaults.expires, now),
    keep: toMilliseconds(options.resultExpires ?? defaults.resultExpires ?? "1d"),
    pure: defaults.pure ?? false,
    options: callOptions(options),
  };
}

/** The inner wins; headers are merged by key. What belongs to one start only is not handed down. */
export function merge(outer: SendOptions, inner: SendOptions): SendOptions {
  if (Object.keys(inner).length === 0) return outer;
  const { id: _id, countdown: _countdown, eta: _eta, ...options } = inner;
  const headers = { ...outer.headers, ...options.headers };
  return { ...outer, ...options, ...(Object.keys(headers).length > 0 && { headers }) };
}

/** How long a start is put off by what is set on one tree. */
export function wait({ countdown, eta }: SendOptions, now: number): number {
  return (
    (countdown === undefined ? 0 : toMilliseconds(countdown)) +
    (eta === undefined ? 0 : Math.max(0, momentOf(eta, "eta") - now))
  );
}

function expiry(expires: SendOptions["expires"], now: number): number | undefined {
  if (expires === undefined) return undefined;
  return expires instanceof Date ? momentOf(expires, "expires") : now + toMilliseconds(expires);
}

/** A date in milliseconds. Throws where it is none: a call that should start later would start at once. */
function momentOf(date: unknown, option: string): number {
  const moment = types.isDate(date) ? date.getTime() : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw new ConfigurationError(`${option} is a valid Date; found ${inspect(date)}`);
}

function callOptions({ maxRetries, timeLimit, ignoreResult, headers }: SendOptions): CallOptions {
  return {
    ...(maxRetries !== undefined && { maxRetries }),
    ...(timeLimit !== undefined && { timeLimit: toMilliseconds(timeLimit) }),
    ...(ignoreResult !== undefined && { ignoreResult }),
    ...(headers && { headers }),
  };
}
