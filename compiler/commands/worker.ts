/** `tqc worker`: runs tasks. Loads the user's registry and, with it, nothing of the compiler. */
import { Command, Option } from "commander";
import type { WorkerFlags } from "../worker/flags.js";
import { fail } from "./fail.js";

export function workerCommand(): Command {
  return new Command("worker")
    .description("run tasks: load the registry, serve its queues, drain on SIGTERM")
    .option("--registry <file>", "the generated registry (default: tasks.registry.gen.ts in the output folder or src)")
    .option("-b, --broker <url>", "the broker (default: TQC_BROKER_URL, else the config file's)")
    .option("--config <file>", "the config file (default: tqc.config.ts, searched upward)")
    .addOption(new Option("-c, --concurrency <n>", "how many tasks run at once (default: 10)").env("TQC_CONCURRENCY"))
    .addOption(
      new Option(
        "-Q, --queues <names>",
        "the queues to serve, best first, separated by commas (default: those of its tasks)",
      ).env("TQC_QUEUES"),
    )
    .addOption(new Option("-n, --name <name>", "the worker's name (default: hostname:pid)").env("TQC_WORKER_NAME"))
    .option(
      "-l, --log-level <level>",
      "debug, info, warn or error (default: TQC_LOG_LEVEL, else the config file's, else info)",
    )
    .addOption(new Option("--health-port <port>", "serve /livez, /readyz and /metrics there").env("TQC_HEALTH_PORT"))
    .addOption(
      new Option("--lease <duration>", "how long it may be silent before others take its work (default: 30s)").env(
        "TQC_LEASE",
      ),
    )
    .addOption(
      new Option("--max-deliveries <n>", "how often a task is handed out before it is poison (default: 3)").env(
        "TQC_MAX_DELIVERIES",
      ),
    )
    .addOption(
      new Option("--shutdown-timeout <duration>", "how long running tasks may take when it drains (default: 25s)").env(
        "TQC_SHUTDOWN_TIMEOUT",
      ),
    )
    .addOption(new Option("--max-tasks <n>", "drain and end after so many tasks").env("TQC_MAX_TASKS"))
    .addOption(
      new Option("--max-memory <size>", "drain and end above this resident memory, such as 512mb").env(
        "TQC_MAX_MEMORY",
      ),
    )
    .addOption(
      new Option(
        "--threads <n>",
        "how many threads run tasks with `thread: true`; 0: none (default: one per processor)",
      ).env("TQC_THREADS"),
    )
    .option("-q, --quiet", "warnings and errors only")
    .option("-v, --verbose", "everything")
    .action(work);
}

async function work(flags: WorkerFlags): Promise<void> {
  const { runWorker } = await import("../worker/run.js");
  // The tasks' own modules may hold connections open; what they were opened for has ended, or never began.
  process.exit(await runWorker(flags).catch(fail));
}
