/** What Prometheus is told of a worker. Loaded only when somebody asks. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { WorkerStats } from "../../runtime/worker/worker.js";
import type { Patient } from "./patient.js";

const OUTCOMES = ["succeeded", "failed", "revoked", "retried", "replaced", "released", "setAside"] as const;

const registries = new WeakMap<Patient, Registry>();

/** The metrics as text, and its content type. */
export async function metrics(patient: Patient): Promise<{ readonly type: string; readonly text: string }> {
  const registry = registries.get(patient) ?? registryOf(patient);
  registries.set(patient, registry);
  return { type: registry.contentType, text: await registry.metrics() };
}

function registryOf(patient: Patient): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Counter({
    name: "tqc_attempts_total",
    help: "Attempts that have ended, by how they did: succeeded, failed, revoked, retried, replaced, released (given back) or setAside.",
    labelNames: ["outcome"],
    registers,
    collect() {
      this.reset();
      const stats = patient.stats();
      for (const outcome of OUTCOMES) this.inc({ outcome }, stats[outcome]);
    },
  });
  new Counter({
    name: "tqc_lost_total",
    help: "Outcomes that came too late: the lease had run out, and others had been given the work.",
    registers,
    collect() {
      this.reset();
      this.inc(patient.stats().lost);
    },
  });
  const gauge = (name: string, help: string, value: (stats: WorkerStats) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(patient.stats()));
      },
    });
  gauge("tqc_running", "Attempts that run now.", ({ running }) => running);
  gauge("tqc_concurrency", "Attempts that may run at once.", ({ concurrency }) => concurrency);
  gauge(
    "tqc_last_fetch_timestamp_seconds",
    "When the broker last answered, in seconds since the epoch; 0 for never.",
    last,
  );
  return registry;
}

function last({ lastFetch = 0 }: WorkerStats): number {
  return lastFetch / 1_000;
}
