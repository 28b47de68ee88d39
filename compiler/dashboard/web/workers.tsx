/** Who works, on what, and until when it is trusted to. */
import { lengthText } from "../../inspect/time-text.js";
import type { Parts } from "../view.js";
import { Card, Empty, IdLink, Loading, TaskName } from "./bits.js";
import { now, parts } from "./live.js";
import { counted, whenText } from "./text.js";

type Worker = Parts["workers"][number];

export function Workers() {
  const workers = parts.workers.value;
  if (!workers) return <Loading />;
  return (
    <div class="stack">
      <h1>Workers</h1>
      {workers.length === 0 && (
        <Card title="No worker is alive">
          <Empty title="Nobody works.">
            Start one with <code>npx tqc worker</code>; what waits is kept until then.
          </Empty>
        </Card>
      )}
      <div class="grid">
        {workers.map((worker) => (
          <WorkerCard key={worker.id} worker={worker} />
        ))}
      </div>
    </div>
  );
}

/** How many of the running tasks are named. */
const NAMED = 8;

/** What shows was read a moment ago, ms. */
const SEEN_AGO = 5_000;

function WorkerCard({ worker }: { readonly worker: Worker }) {
  const { id, host, pid, queues, concurrency, started, leaseUntil, tasks, running } = worker;
  const lease = Date.parse(leaseUntil);
  const isLate = lease + SEEN_AGO < now.value;
  return (
    <Card
      title={id}
      class="worker"
      aside={
        <span class="tag" data-tone={isLate ? "bad" : "good"}>
          {isLate ? "silent" : "alive"}
        </span>
      }
    >
      <Load running={running.length} room={concurrency} />
      <dl class="facts">
        <dt>Process</dt>
        <dd>
          {pid} on {host}
        </dd>
        <dt>Up for</dt>
        <dd>{lengthText(Math.floor((now.value - Date.parse(started)) / 1_000) * 1_000)}</dd>
        <dt>Lease</dt>
        <dd data-tone={isLate ? "bad" : undefined}>{leaseText(lease, isLate)}</dd>
        <dt>Queues</dt>
        <dd class="chips">
          {queues.map((queue) => (
            <span key={queue} class="chip">
              {queue === "*" ? "all queues" : queue}
            </span>
          ))}
        </dd>
        <dt>Knows</dt>
        <dd>
          <details>
            <summary>{counted(tasks.length, "task")}</summary>
            <ul class="names">
              {tasks.map((task) => (
                <li key={task}>
                  <TaskName name={task} />
                </li>
              ))}
            </ul>
          </details>
        </dd>
      </dl>
      <h3>Running now</h3>
      {running.length === 0 ? (
        <p class="quiet">Nothing: it waits for work.</p>
      ) : (
        <ul class="lines">
          {running.slice(0, NAMED).map(({ id: node, task, attempt }) => (
            <li key={node}>
              <TaskName name={task} />
              <IdLink id={node} run={node.replace(/~\d+$/, "")} index={indexIn(node)} />
              {attempt > 0 && <span class="quiet">attempt {attempt + 1}</span>}
            </li>
          ))}
          {running.length > NAMED && <li class="quiet">and {running.length - NAMED} more</li>}
        </ul>
      )}
    </Card>
  );
}

function leaseText(lease: number, isLate: boolean): string {
  if (isLate) return `ran out ${whenText(lease, now.value)}`;
  const left = Math.max(0, lease - now.value);
  return left < 1_000 ? "renewed all the time" : `for ${lengthText(Math.floor(left / 1_000) * 1_000)} more`;
}

/** The place of a node in an id that tqc made. */
function indexIn(id: string): number | undefined {
  const place = /~(\d+)$/.exec(id)?.[1];
  return place === undefined ? undefined : Number(place);
}

function Load({ running, room }: { readonly running: number; readonly room: number }) {
  return (
    <div class="load">
      <progress value={running} max={Math.max(1, room)} aria-label={`${running} of ${room} places are taken`} />
      <span>
        <b>{running}</b> of {room}
      </span>
    </div>
  );
}
