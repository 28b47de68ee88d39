import { afterAll } from "vitest";

/** What a test must not leave open. Timers and pipes belong to vitest as well, so they say nothing. */
const watched = new Set(["TCPSocketWrap", "TCPServerWrap", "ProcessWrap"]);

const open = (): string[] => process.getActiveResourcesInfo().filter((kind) => watched.has(kind));
const before = open().length;
// Taken while it is the real one: a test may have left a fake clock behind.
const later = setTimeout;

/** What went wrong and reached nobody: rejections that nobody awaits, errors of connections that nobody listens to. */
const unheard: string[] = [];
process.on("unhandledRejection", (reason) => unheard.push(reason instanceof Error ? `${reason.stack}` : `${reason}`));
const say = console.error;
console.error = (...words: unknown[]) => {
  if (`${words[0]}`.startsWith("[ioredis] Unhandled error event")) unheard.push(words.join(" "));
  say(...words);
};

// Registered first, so it runs after every hook of the test file itself.
afterAll(async () => {
  for (let turn = 0; turn < 200 && open().length > before; turn += 1)
    await new Promise((resolve) => later(resolve, 10));
  const left = open();
  if (left.length > before)
    throw new Error(`this file leaves open: ${left.join(", ")}. Close it in an afterAll or afterEach hook.`);
  if (unheard.length > 0) throw new Error(`nobody heard of this:\n${unheard.join("\n")}`);
});
