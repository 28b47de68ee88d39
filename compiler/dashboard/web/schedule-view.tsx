/** Periodic tasks: when they are due, and who sends them. */
import { Card, Empty, IdLink, Loading, TaskName, When } from "./bits.js";
import { parts } from "./live.js";
import { counted } from "./text.js";

export function ScheduleView() {
  const schedules = parts.schedules.value;
  if (!schedules) return <Loading />;
  return (
    <div class="stack">
      <h1>Schedule</h1>
      <Card title="Periodic tasks">
        {schedules.length === 0 ? (
          <Empty title="No task is periodic.">
            A task with <code>{'schedule: "0 3 * * *"'}</code> or <code>{'every: "5m"'}</code> shows here once a worker
            knows it.
          </Empty>
        ) : (
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>Task</th>
                  <th>When</th>
                  <th>Next</th>
                  <th>Run</th>
                  <th>Sent by</th>
                </tr>
              </thead>
              <tbody>
                {schedules.map(({ task, when, timezone, next, workers }) => (
                  <tr key={task}>
                    <td>
                      <TaskName name={task} />
                    </td>
                    <td>
                      {when === null ? <span class="quiet">–</span> : <code>{when}</code>}{" "}
                      {timezone && <span class="quiet">{timezone}</span>}
                    </td>
                    <td>
                      <When at={next ? Date.parse(next.due) : undefined} />
                    </td>
                    <td>{next && <IdLink id={next.id} />}</td>
                    <td data-tone={workers === 0 ? "bad" : undefined}>
                      {workers === 0 ? "nobody" : counted(workers, "worker")}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
    </div>
  );
}
