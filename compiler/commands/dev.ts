/** `tqc dev`: builds on every change and runs a worker that follows. */
import { Command } from "commander";
import type { BrokerChoice } from "../inspect/connect.js";
import type { BuildOptions } from "../settings.js";
import { withBrokerOptions } from "./broker-options.js";
import { fail } from "./fail.js";
import { tell } from "./print.js";

interface DevOptions extends BrokerChoice {
  readonly project?: string;
  readonly concurrency?: string;
  readonly queues?: string;
  readonly logLevel?: string;
}

export function devCommand(): Command {
  const command = new Command("dev")
    .description(
      "build on every change, and run a worker that reloads; starts a private Redis where no broker is named",
    )
    .option("-p, --project <path>", "the tsconfig, or the folder it is in")
    .option("-c, --concurrency <n>", "how many tasks run at once")
    .option("-Q, --queues <names>", "the queues to serve, separated by commas")
    .option("-l, --log-level <level>", "debug, info, warn or error");
  return withBrokerOptions(command).action(dev);
}

async function dev(options: DevOptions): Promise<void> {
  const { openDevBroker } = await import("../dev/dev-broker.js");
  const { header } = await import("../dev/screen.js");
  const { settle } = await import("../settings.js");
  await settle(buildOptions(options));
  const broker = await openDevBroker(options);
  try {
    for (const line of header(broker)) tell(line);
    await watch(options, broker.url);
  } finally {
    broker.stop();
  }
}

async function watch(options: DevOptions, brokerUrl: string): Promise<void> {
  const { WorkerProcess } = await import("../dev/worker-process.js");
  const { rebuildLine, registryOf } = await import("../dev/screen.js");
  const { watchProject } = await import("../watch.js");
  const { reportDiagnostics } = await import("./report-diagnostics.js");
  const onEnd = (code: number | null) =>
    tell(`the worker ended${code === null ? "" : ` with ${code}`}; it starts again with the next change`);
  const worker = new WorkerProcess({ flags: workerFlags(options), brokerUrl, onEnd });
  const stopping = stopSignal();
  await watchProject(
    { ...buildOptions(options), signal: stopping.signal },
    (rebuild) => {
      reportDiagnostics(rebuild.result.diagnostics, "pretty");
      tell(rebuildLine(rebuild, process.cwd()));
      const registry = registryOf(rebuild);
      if (registry !== undefined && !stopping.signal.aborted) worker.reload(registry);
    },
    fail,
  );
  tell("draining");
  await worker.stop(stopping.reachedWorker());
}

/** Fires at the first signal. A terminal gives Ctrl-C to the worker too; a second one from us would cut its drain short. */
function stopSignal() {
  const stop = new AbortController();
  let reached = false;
  process.once("SIGTERM", () => stop.abort());
  process.once("SIGINT", () => {
    reached = process.stdin.isTTY;
    stop.abort();
  });
  return { signal: stop.signal, reachedWorker: () => reached };
}

function buildOptions({ project, config }: DevOptions): BuildOptions {
  return { ...(project !== undefined && { project }), ...(config !== undefined && { config }) };
}

function workerFlags({ concurrency, queues, logLevel, config }: DevOptions): string[] {
  const given = { "--concurrency": concurrency, "--queues": queues, "--log-level": logLevel, "--config": config };
  const flags = Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]));
  return [...flags, "--shutdown-timeout", "5s"];
}
