/** The queues, with who serves them. */
import { Card, Empty, When } from "./bits.js";
import { parts } from "./live.js";
import { counted, countText } from "./text.js";

export function QueueTable() {
  const queues = parts.queues.value ?? [];
  return (
    <Card title="Queues">
      {queues.length === 0 ? (
        <Empty title="No message waits in any queue.">A queue shows here while something waits in it.</Empty>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>Queue</th>
                <th class="number">Ready</th>
                <th>Oldest</th>
                <th class="number">Wait for a time</th>
                <th>Served by</th>
              </tr>
            </thead>
            <tbody>
              {queues.map(({ name, ready, oldest, delayed, workers, paused }) => (
                <tr key={name}>
                  <td class="strong">{name}</td>
                  <td class="number">{countText(ready)}</td>
                  <td>
                    <When at={oldest === null ? undefined : Date.parse(oldest)} />
                  </td>
                  <td class="number">{countText(delayed)}</td>
                  <td data-tone={paused ? "warn" : workers === 0 ? "bad" : undefined}>
                    {workers === 0 ? "nobody" : counted(workers, "worker")}
                    {paused && ", paused"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
