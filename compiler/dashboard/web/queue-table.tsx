/** The queues, with who serves them. */
import { Card, Empty } from "./bits.js";
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
                <th class="number">Wait for a time</th>
                <th>Served by</th>
              </tr>
            </thead>
            <tbody>
              {queues.map(({ name, ready, delayed, workers }) => (
                <tr key={name}>
                  <td class="strong">{name}</td>
                  <td class="number">{countText(ready)}</td>
                  <td class="number">{countText(delayed)}</td>
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
  );
}
