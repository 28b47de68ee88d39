import { createServer } from "node:net";

/**
 * Below those that systems give to outgoing connections: a client whose server is away tries again and again, and must
 * not sit down on its server's port, or another one's.
 */
const FIRST = 15_000;
const SHARE = 2_000;
const SHARES = 8;

/** Each test process has a share of its own. */
const share = FIRST + (Number(process.env.VITEST_POOL_ID ?? 0) % SHARES) * SHARE;
let next = process.pid % SHARE;

/** A port of the loopback that is free now, and that no other test of this process has had for long. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < SHARE; tries += 1) {
    next = (next + 1) % SHARE;
    const port = share + next;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port of the loopback from ${share} to ${share + SHARE} is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
