const QUEUE = "images";
const limits = { timeLimit: "30s", softTimeLimit: "20s" } as const;
enum Level {
  High = 9,
}

/** Resizes an image.
 *
 * Second paragraph, with a * star in it.
 * @task { queue: QUEUE, maxRetries: 5, retryOn: ["TimeoutError"], ...limits,
 *         priority: Level.High, rateLimit: "100/s" }
 * @param url where it is
 */
export async function resize(url: string, width: number): Promise<string> {
  return `${url}?w=${width}`;
}

/** @task { name: "images.clean", as: "cleanUp", aliases: ["old.clean"], every: "1h", ignoreResult: true, thread: true } */
export function clean(): void {}

/** @task { schedule: "0 4 * * 1", timezone: "Europe/Berlin", expires: 60_000, retryBackoff: 500, retryJitter: false } */
export function weekly(): number {
  return Level.High;
}
