import { expect, test } from "vitest";
import { nearest } from "../../runtime/nearest.js";

const known = ["queue", "priority", "maxRetries", "timeLimit", "softTimeLimit", "every"];

test.each([
  ["que", "queue"],
  ["qeueu", "queue"],
  ["Queue", "queue"],
  ["retries", "maxRetries"],
  ["maxRetry", "maxRetries"],
  ["timelimit", "timeLimit"],
  ["evry", "every"],
  ["colour", undefined],
  ["x", undefined],
])("%s is most likely %s", (name, want) => expect(nearest(name, known)).toBe(want));
