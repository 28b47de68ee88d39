/** Everything at a glance. */
import { computed, signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { TaskHour } from "../view.js";
import { Card, Empty, IdLink, Loading, StateIcon, TaskName, When } from "./bits.js";
import { Chart } from "./chart.js";
import { now, parts, slots, taskHours } from "./live.js";
import { QueueTable } from "./queue-table.js";
import { linkTo } from "./route.js";
import { depths, SPANS, throughput } from "./series.js";
import { countText, rateText, shareText } from "./text.js";

const span = signal(SPANS[0]!);
/** Points move on with the time, not with every second of it. */
const minute = computed(() => now.value - (now.value % 5_000));
const done = computed(() => throughput(slots.value, span.value, minute.value));
const queued = computed(() => depths(slots.value, span.value, minute.value));

const DONE_COLORS = ["--success", "--failure", "--retry"];
const QUEUE_COLORS = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6"];

export function Overview() {
  if (!parts.queues.value) return parts.health.value?.up === false ? null : <Loading />;
  return (
    <div class="stack">
      <h1 class="hidden">Overview</h1>
      <Tiles />
      <div class="columns">
        <Card title="Throughput" aside={<SpanChoice />}>
          <p class="unit">attempts per minute</p>
          <Chart
            series={done.value}
            colors={DONE_COLORS}
            height={210}
            label={`Attempts per minute over the last ${span.value.name}`}
          />
        </Card>
        <Card title="Queue depth">
          <p class="unit">messages that are ready</p>
          {queued.value.lines.length > 0 ? (
            <Chart
              series={queued.value}
              colors={QUEUE_COLORS}
              height={210}
              label={`Messages ready over the last ${span.value.name}`}
            />
          ) : (
            <Empty title="Every queue was empty." />
          )}
        </Card>
      </div>
      <div class="columns uneven">
        <QueueTable />
        <Failures />
      </div>
      <TaskTable />
    </div>
  );
}

function SpanChoice() {
  return (
    <fieldset class="choice" aria-label="How much time the charts show">
      {SPANS.map((each) => (
        <button
          key={each.name}
          type="button"
          aria-pressed={span.value === each}
          onClick={() => {
            span.value = each;
          }}
        >
          {each.name}
        </button>
      ))}
    </fieldset>
  );
}

/** The attempts of the last five minutes. */
const lately = computed(() => {
  const recent = [...slots.value.values()].filter(({ at }) => at > minute.value - 5 * 60_000);
  const sum = (ending: "succeeded" | "failed" | "retried") => recent.reduce((total, slot) => total + slot[ending], 0);
  return { succeeded: sum("succeeded"), failed: sum("failed"), retried: sum("retried") };
});

function Tiles() {
  const queues = parts.queues.value ?? [];
  const workers = parts.workers.value ?? [];
  const aside = parts.aside.value?.count ?? 0;
  const { succeeded, failed } = lately.value;
  const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
  const running = sum(workers.map((worker) => worker.running.length));
  const room = sum(workers.map(({ concurrency }) => concurrency));
  return (
    <div class="tiles">
      <Tile name="Done per minute" value={rateText((succeeded + failed) / 5)} note="over five minutes" />
      <Tile
        name="Failed"
        value={shareText(failed, succeeded + failed)}
        note={`${countText(failed)} in five minutes`}
        tone={failed > 0 ? "bad" : undefined}
      />
      <Tile
        name="Ready"
        value={countText(sum(queues.map(({ ready }) => ready)))}
        note={`${countText(sum(queues.map(({ delayed }) => delayed)))} wait for a time`}
      />
      <Tile name="Running" value={countText(running)} note={`room for ${countText(room)}`} />
      <Tile
        name="Workers"
        value={countText(workers.length)}
        note={workers.length === 0 ? "nobody works" : "alive"}
        link={linkTo("workers")}
        tone={workers.length === 0 ? "bad" : undefined}
      />
      <Tile
        name="Set aside"
        value={countText(aside)}
        note={aside === 0 ? "nothing" : "look at them"}
        link={linkTo("aside")}
        tone={aside > 0 ? "warn" : undefined}
      />
    </div>
  );
}

function Tile(props: {
  readonly name: string;
  readonly value: string;
  readonly note: ComponentChildren;
  readonly tone?: "bad" | "warn" | undefined;
  readonly link?: string;
}) {
  const inner = (
    <>
      <span class="tile-name">{props.name}</span>
      <span class="tile-value">{props.value}</span>
      <span class="tile-note">{props.note}</span>
    </>
  );
  if (props.link === undefined)
    return (
      <div class="tile" data-tone={props.tone}>
        {inner}
      </div>
    );
  return (
    <a class="tile" data-tone={props.tone} href={props.link}>
      {inner}
    </a>
  );
}

function Failures() {
  const failed = (parts.recent.value ?? []).filter(({ state }) => state === "FAILURE").slice(0, 7);
  return (
    <Card title="Latest failures">
      {failed.length === 0 ? (
        <Empty title="Nothing has failed of late.">Workers tell of failures with their next sign of life.</Empty>
      ) : (
        <ul class="lines">
          {failed.map(({ id, run, index, task, finished }) => (
            <li key={`${id} ${finished}`}>
              <StateIcon state="FAILURE" />
              <TaskName name={task} />
              <IdLink id={id} run={run} index={index} />
              <When at={finished} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What was done in the hours that the span touches, by task. */
const tasks = computed(() => {
  const since = minute.value - Math.max(span.value.ms, 3_600_000);
  const sums = new Map<string, Omit<TaskHour, "at">>();
  for (const { at, task, ...counts } of taskHours.value.values()) {
    if (at + 3_600_000 < since) continue;
    const sum = sums.get(task) ?? { task, succeeded: 0, failed: 0, retried: 0 };
    sums.set(task, {
      task,
      succeeded: sum.succeeded + counts.succeeded,
      failed: sum.failed + counts.failed,
      retried: sum.retried + counts.retried,
    });
  }
  const total = ({ succeeded, failed }: Omit<TaskHour, "at">) => succeeded + failed;
  return [...sums.values()].sort((a, b) => total(b) - total(a) || (a.task < b.task ? -1 : 1));
});

function TaskTable() {
  const hours = Math.max(1, span.value.ms / 3_600_000);
  return (
    <Card title="Tasks" aside={<span class="quiet">the last {hours === 1 ? "hour or two" : `${hours} hours`}</span>}>
      {tasks.value.length === 0 ? (
        <Empty title="No worker has told of its work yet.">
          Workers tell what they did every few seconds, and it is kept for a day.
        </Empty>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>Task</th>
                <th class="number">Succeeded</th>
                <th class="number">Failed</th>
                <th class="number">Tried again</th>
                <th class="number">Failure rate</th>
              </tr>
            </thead>
            <tbody>
              {tasks.value.slice(0, 50).map(({ task, succeeded, failed, retried }) => (
                <tr key={task}>
                  <td>
                    <a class="plain" href={linkTo("search", { q: task })}>
                      <TaskName name={task} />
                    </a>
                  </td>
                  <td class="number">{countText(succeeded)}</td>
                  <td class="number" data-tone={failed > 0 ? "bad" : undefined}>
                    {countText(failed)}
                  </td>
                  <td class="number">{countText(retried)}</td>
                  <td class="number">{shareText(failed, succeeded + failed)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
