/** The list of runs. */
import type { TaskState } from "../../../runtime/messages.js";
import type { RunRow } from "../view.js";
import { Card, Empty, IdLink, Loading, StateBadge, StateIcon, TaskName, When } from "./bits.js";
import { parts } from "./live.js";
import { go, linkTo, linkToRun } from "./route.js";
import { countText } from "./text.js";

const STATES: readonly TaskState[] = ["STARTED", "PENDING", "FAILURE", "SUCCESS", "REVOKED"];
const PAGE = 50;

export function Runs({ query }: { readonly query: URLSearchParams }) {
  const all = parts.runs.value;
  if (!all) return <Loading />;
  const state = STATES.find((each) => each === query.get("state"));
  const rows = state ? all.filter((row) => row.state === state) : all;
  const page = Math.min(Number(query.get("page") ?? 0) || 0, Math.max(0, Math.ceil(rows.length / PAGE) - 1));
  return (
    <div class="stack">
      <h1>Runs</h1>
      <StateChoice all={all} chosen={state} />
      <Card title="Newest first" aside={<Pages count={rows.length} page={page} state={state} />}>
        {rows.length === 0 ? (
          <Empty title={state ? `No run here is ${state}.` : "There are no runs to show."}>
            Runs that are open show here, and those that ended of late; <kbd>/</kbd> finds any other by its id.
          </Empty>
        ) : (
          <RunTable rows={rows.slice(page * PAGE, (page + 1) * PAGE)} />
        )}
      </Card>
    </div>
  );
}

function StateChoice({ all, chosen }: { readonly all: readonly RunRow[]; readonly chosen: TaskState | undefined }) {
  const count = (state: TaskState) => all.filter((row) => row.state === state).length;
  return (
    <nav class="filter" aria-label="Runs by state">
      <a href={linkTo("runs")} aria-current={chosen === undefined ? "true" : undefined}>
        All <span class="quiet">{all.length}</span>
      </a>
      {STATES.map((state) => (
        <a key={state} href={linkTo("runs", { state })} aria-current={chosen === state ? "true" : undefined}>
          <StateIcon state={state} /> {state} <span class="quiet">{count(state)}</span>
        </a>
      ))}
    </nav>
  );
}

function Pages({
  count,
  page,
  state,
}: {
  readonly count: number;
  readonly page: number;
  readonly state: TaskState | undefined;
}) {
  if (count <= PAGE) return <span class="quiet">{countText(count)}</span>;
  const at = (to: number) => linkTo("runs", { ...(state && { state }), page: String(to) });
  const last = Math.ceil(count / PAGE) - 1;
  return (
    <span class="pages">
      <button type="button" class="button small" disabled={page === 0} onClick={() => go(at(page - 1))}>
        Newer
      </button>
      <span class="quiet">
        {page * PAGE + 1}–{Math.min(count, (page + 1) * PAGE)} of {count}
      </span>
      <button type="button" class="button small" disabled={page === last} onClick={() => go(at(page + 1))}>
        Older
      </button>
    </span>
  );
}

function RunTable({ rows }: { readonly rows: readonly RunRow[] }) {
  return (
    <div class="scroll">
      <table class="runs">
        <thead>
          <tr>
            <th>State</th>
            <th>Run</th>
            <th>Tasks seen</th>
            <th class="number">Open nodes</th>
            <th>Submitted</th>
            <th>Ended</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, state, tasks, open, submitted, finished }) => (
            // The link in it is the way by keyboard; the rest of the row is for the mouse.
            <tr key={id} class="clickable" data-run={id} onClick={() => go(linkToRun(id))}>
              <td>
                <StateBadge state={state} />
              </td>
              <td>
                <IdLink id={id} />
              </td>
              <td class="tasks">
                {tasks.map((task) => (
                  <TaskName key={task} name={task} />
                ))}
              </td>
              <td class="number">{open === undefined ? "" : countText(open)}</td>
              <td>
                <When at={submitted} />
              </td>
              <td>
                <When at={finished} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
