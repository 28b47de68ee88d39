/** `tqc worker`: runs tasks. Loads the user's registry and, with it, nothing of the compiler. */
import { Command } from "commander";
import type { WorkerFlags } from "../worker/flags.js";
import { fail } from "./fail.js";

export function workerCommand(): Command {
  return new Command("worker")
    .description("run tasks: load the registry, serve its queues, drain on SIGTERM")
    .option("--registry <file>", "the generated registry (default: tasks.registry.gen.ts in the output folder or src)")
    .option("-b, --broker <url>", "the broker (default: TQC_BROKER_URL, else the config file's)")
    .option("--config <file>", "the config file (default: tqc.config.ts, searched upward)")
    .option("-c, --concurrency <n>", "how many tasks run at once (default: 10)")
    .option(
      "-Q, --queues <names>",
      "the queues to serve, best first, separated by commas (default: those of its tasks)",
    )
    .option("-n, --name <name>", "the worker's name (default: hostname:pid)")
    .option("-l, --log-level <level>", "debug, info, warn or error (default: info)")
    .option("--health-port <port>", "serve /livez, /readyz and /metrics there")
    .option("--lease <duration>", "how long it may be silent before others take its work (default: 30s)")
    .option("--max-deliveries <n>", "how often a task is handed out before it is poison (default: 3)")
    .option("--shutdown-timeout <duration>", "how long running tasks may take when it drains (default: 25s)")
    .option("--max-tasks <n>", "drain and end after so many tasks")
    .option("--max-memory <size>", "drain and end above this resident memory, such as 512mb")
    .option("-q, --quiet", "warnings and errors only")
    .option("-v, --verbose", "everything")
    .action(work);
}

async function work(flags: WorkerFlags): Promise<void> {
  const { runWorker } = await import("../worker/run.js");
  // The tasks' own modules may hold connections open; what they were opened for has ended, or never began.
  process.exit(await runWorker(flags).catch(fail));
}
