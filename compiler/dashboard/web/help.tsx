/** The keys, and what the drawings mean. */
import { useEffect, useRef } from "preact/hooks";
import type { TaskState } from "../../../runtime/messages.js";
import { StateBadge } from "./bits.js";
import { helpShown } from "./keyboard.js";
import { hello } from "./live.js";

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ["/", "search"],
  ["g o", "overview"],
  ["g r", "runs"],
  ["g w", "workers"],
  ["g a", "set aside"],
  ["g s", "schedule"],
  ["t", "light or dark"],
  ["← → ↑ ↓", "from node to node in a run"],
  ["Enter", "open a node, or unfold a group"],
  ["+ − 0", "zoom in, out, fit"],
  ["Esc", "close"],
];

const STATES: readonly (readonly [TaskState, string])[] = [
  ["PENDING", "waits for its turn, or for what comes before it"],
  ["STARTED", "runs on a worker"],
  ["RETRY", "failed, and waits to be tried again"],
  ["SUCCESS", "has ended well"],
  ["FAILURE", "has finally failed"],
  ["REVOKED", "was told not to run, or to stop"],
];

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isShown = helpShown.value;
  useEffect(() => {
    if (isShown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isShown]);
  const close = () => {
    helpShown.value = false;
  };
  return (
    <dialog ref={dialog} class="dialog help" onClose={close} aria-label="Keys and help">
      <h2>Keys</h2>
      <dl class="keys">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h2>States</h2>
      <dl class="states">
        {STATES.map(([state, what]) => (
          <div key={state}>
            <dt>
              <StateBadge state={state} />
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">
        Arguments and results are never shown here. tqc {hello.value?.version}
        {hello.value?.readOnly && ", read-only"}
      </p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={close}>
          Close
        </button>
      </div>
    </dialog>
  );
}
