/** `tqc dashboard`: queues, workers and runs in a browser. */
import { Command, Option } from "commander";
import type { BrokerChoice } from "../inspect/connect.js";
import { UsageError } from "../usage-error.js";
import { withBrokerOptions } from "./broker-options.js";
import { print, tell } from "./print.js";

interface DashboardFlags extends BrokerChoice {
  readonly host: string;
  readonly port: string;
  readonly token?: string;
  readonly readOnly?: boolean;
}

export function dashboardCommand(): Command {
  const command = new Command("dashboard")
    .description("show queues, workers and runs in a browser, live")
    .option("--host <host>", "the address to listen at; any but this machine's own needs a token", "127.0.0.1")
    .option("--port <port>", "the port to listen at; 0: any that is free", "4321")
    .addOption(
      new Option("--token <token>", "who knows it may come in (default: one is made up where one is needed)").env(
        "TQC_DASHBOARD_TOKEN",
      ),
    )
    .option("--read-only", "refuse everything that changes something");
  return withBrokerOptions(command).action(serve);
}

async function serve({ host, port, token, readOnly = false, ...choice }: DashboardFlags): Promise<void> {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`a port is a whole number from 0 to 65535, but this is ${JSON.stringify(port)}`);
  if (token !== undefined && token.length < 8) throw new UsageError("a token has 8 characters at least");
  const { brokerUrl } = await import("../inspect/connect.js");
  const { isLoopback, serveDashboard } = await import("../dashboard/serve.js");
  const broker = await brokerUrl(choice);
  const serving = await serveDashboard({ broker, host, port: Number(port), token, readOnly });
  print([serving.link]);
  if (!isLoopback(host)) tell("others can reach this dashboard: put TLS in front of it where the network is not yours");
  tell("Ctrl+C ends it");
  await ended();
  await serving.stop();
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
