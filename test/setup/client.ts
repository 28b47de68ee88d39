import { Redis } from "ioredis";

/** Which database, and as whom. */
export interface Login {
  readonly db?: number;
  readonly username?: string;
  readonly password?: string;
}

/** A connection of the test's own. Its server may go away under it: what it cannot do rejects, and no error goes unheard. */
export function openClient(url: string, options: Login = {}): Redis {
  const client = new Redis(url, options);
  client.on("error", () => {});
  return client;
}
