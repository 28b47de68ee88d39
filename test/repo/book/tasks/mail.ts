import { currentTask, type TaskFailure } from "tqc";

/**
 * Sends a text to somebody.
 * @task { maxRetries: 3, retryBackoff: "5s" }
 */
export async function sendMail(text: string, to: string): Promise<void> {
  currentTask().log.info({ to, length: text.length }, "sent");
}

/**
 * Tells the people on duty what went wrong.
 * @task
 */
export async function alertOnDuty(failure: TaskFailure): Promise<void> {
  currentTask().log.error({ task: failure.task }, failure.error.message);
}

/**
 * Removes what is left from yesterday.
 * @task
 */
export async function cleanUp(): Promise<void> {}
