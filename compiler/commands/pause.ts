/** `tqc pause QUEUE` and `tqc resume QUEUE`: workers are given nothing of a queue for a while. */
import { Command } from "commander";
import type { BrokerChoice } from "../inspect/connect.js";
import { withBrokerOptions } from "./broker-options.js";
import { printJson, tell } from "./print.js";

interface PauseOptions extends BrokerChoice {
  readonly json?: boolean;
}

export function pauseCommand(): Command {
  const what = "give workers nothing of a queue until it is resumed; what they have they finish, what comes waits";
  return command({ name: "pause", what, paused: true });
}

export function resumeCommand(): Command {
  return command({ name: "resume", what: "let a queue that was paused go on", paused: false });
}

interface Verb {
  readonly name: string;
  readonly what: string;
  readonly paused: boolean;
}

function command({ name, what, paused }: Verb): Command {
  const made = new Command(name)
    .description(what)
    .argument("<queue>", "the queue's name")
    .option("--json", "print what was done for programs");
  return withBrokerOptions(made).action((queue: string, options: PauseOptions) => setPaused(queue, paused, options));
}

async function setPaused(queue: string, paused: boolean, options: PauseOptions): Promise<void> {
  const { withBroker } = await import("../inspect/connect.js");
  await withBroker(options, async (broker) => {
    const changed = (await broker.pause(queue, paused)) === "ok";
    if (options.json) return printJson({ version: 1, queue, paused, changed });
    if (!changed) return tell(`queue ${queue} ${paused ? "was paused already" : "was not paused"}`);
    tell(paused ? `paused queue ${queue}; workers hear of it within a second` : `queue ${queue} goes on`);
  });
}
