import { task } from "tqc";

export const tasks = { ping: task(() => "pong") };

export function outer() {
  return task(() => 1);
}

const local = task(() => 2);
local();

export const words = task({ queue: "io" }, "pong" as never);
