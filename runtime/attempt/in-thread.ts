/** How a task's function is called in a thread: the same signal, limits and requests, across the boundary. */
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { fromJson } from "../canvas/json.js";
import { signatureOf } from "../canvas/value.js";
import { decode, encode } from "../codec/codec.js";
import { reviveError, serializeError } from "../codec/error-record.js";
import { TimeLimitExceededError, WorkerLostError } from "../errors.js";
import type { LogFields } from "../logger.js";
import type { Answer, Job, News } from "../threads/job.js";
import type { Attempt } from "./attempt.js";
import { RunningTask } from "./current.js";
import { exceeded, isExpired, type Limits } from "./limits.js";
import { ReplaceRequest, RetryRequest, TooLate } from "./requests.js";

/** Once its signal has fired, how long a task has to end by itself before its thread is ended, ms. */
const LAST_WORDS = 1_000;

/** Makes the calls in a thread and gives their value, or the list of their values. Rejects with what the task throws. */
export async function callInThread(
  attempt: Attempt,
  calls: readonly (readonly unknown[])[],
  limits: Limits,
): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const line = new Line(attempt, port1, limits);
  try {
    const answer = attempt.host.threads.run(() => jobOf(attempt, calls, port2), line.cut);
    return valueIn(attempt, await Promise.race([answer, line.ended]));
  } catch (error) {
    throw line.cut.aborted && attempt.reason ? attempt.reason : error;
  } finally {
    line.close();
  }
}

/** What a thread is told. Throws where it has become too late to start. */
function jobOf(attempt: Attempt, calls: readonly (readonly unknown[])[], port: MessagePort): Job {
  if (isExpired(attempt)) throw new TooLate();
  const { id, name, runId, parentId, attempt: number, queue, priority, stamps, headers } = new RunningTask(attempt);
  const { connection } = attempt.host.broker;
  return {
    module: attempt.task.module ?? "",
    task: name,
    view: { id, name, runId, parentId, attempt: number, queue, priority, stamps, headers },
    calls: encode(calls),
    mapped: attempt.message.header.mode !== undefined,
    ...(connection && { connection }),
    port,
  };
}

function valueIn(attempt: Attempt, answer: Answer): unknown {
  switch (answer.kind) {
    case "value":
      return decode(answer.text);
    case "thrown":
      throw reviveError(answer.error);
    case "aborted":
      throw attempt.reason;
    case "retry": {
      const { countdown, cause } = answer;
      throw new RetryRequest({
        ...(countdown !== undefined && { countdown }),
        ...(cause && { cause: reviveError(cause) }),
      });
    }
    case "replace":
      throw new ReplaceRequest(signatureOf(fromJson(answer.canvas), undefined));
  }
}

/** The line between an attempt and its thread, until either hangs up. */
class Line {
  readonly #attempt: Attempt;
  readonly #port: MessagePort;
  readonly #limits: Limits;
  readonly #task: RunningTask;
  readonly #cut = new AbortController();
  readonly #cancels: (() => void)[] = [];
  /** Rejects when the thread is gone. */
  readonly ended: Promise<never>;

  constructor(attempt: Attempt, port: MessagePort, limits: Limits) {
    this.#attempt = attempt;
    this.#port = port;
    this.#limits = limits;
    this.#task = new RunningTask(attempt);
    this.ended = new Promise((_, reject) => {
      port.once("close", () => {
        reject(lost(attempt));
        // The pool does not notice that a thread has ended itself.
        this.#cut.abort();
      });
    });
    this.ended.catch(() => {});
    port.on("message", (news: News) => this.#hear(news));
    const { signal } = attempt;
    const abort = () => this.#abort();
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    this.#cancels.push(() => signal.removeEventListener("abort", abort));
  }

  /** Fires when the thread is to be ended. */
  get cut(): AbortSignal {
    return this.#cut.signal;
  }

  /** Hangs up. */
  close(): void {
    for (const cancel of this.#cancels) cancel();
    this.#port.close();
  }

  #hear(news: News): void {
    switch (news.kind) {
      case "started":
        this.#count();
        break;
      case "progress":
        this.#task.progress(news.done, news.total);
        break;
      case "log":
        this.#task.log[news.level](decode(news.fields) as LogFields, news.message);
        break;
    }
  }

  /** Time is counted from the moment the task begins, not while it waits for a thread. */
  #count(): void {
    const { soft, hard } = this.#limits;
    if (soft !== undefined)
      this.#after(soft, () => this.#attempt.abort(exceeded(this.#attempt, "soft time limit", soft)));
    if (hard === undefined) return;
    this.#after(hard, () => {
      this.#attempt.abort(exceeded(this.#attempt, "time limit", hard));
      this.#end();
    });
  }

  /** The signal has fired: past its soft limit a task may go on, else it has a moment to end by itself. */
  #abort(): void {
    const { reason } = this.#attempt;
    this.#port.postMessage(serializeError(reason));
    if (!(reason instanceof TimeLimitExceededError)) this.#after(LAST_WORDS, () => this.#end());
  }

  /** Ends the thread, or the wait for one. */
  #end(): void {
    this.#cut.abort();
    this.#port.close();
  }

  #after(ms: number, run: () => void): void {
    this.#cancels.push(this.#attempt.host.clock.after(ms, run));
  }
}

function lost({ task, id }: Attempt): WorkerLostError {
  return new WorkerLostError(
    `the thread that ran ${task.name} (${id}) ended before the task did: did the task call process.exit?`,
  );
}
