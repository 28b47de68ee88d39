/** SIGTERM and SIGINT: the first drains, the second stops at once. */
import type { Logger } from "../../runtime/logger.js";
import type { Worker } from "../../runtime/worker/worker.js";

/** What a shell reports of a process that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Until a worker starts it holds nothing: a signal ends the process, cleanly. Listens until the reply is called. */
export function endOnSignals(): () => void {
  const end = () => process.exit(0);
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, end);
  return () => {
    for (const signal of Object.keys(EXIT_CODES)) process.off(signal, end);
  };
}

/** Listens until the reply is called. */
export function onSignals(worker: Worker, logger: Logger): () => void {
  let draining = false;
  const listeners = Object.entries(EXIT_CODES).map(([signal, code]) => {
    const listener = () => {
      if (draining) process.exit(code);
      draining = true;
      const { running } = worker.stats();
      logger.info(
        { running },
        `${signal}: draining; ${running} running tasks may finish; a second signal stops at once`,
      );
      void worker.stop();
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
