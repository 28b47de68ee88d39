/** All that is known of one node. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { lengthText } from "../../../inspect/time-text.js";
import type { NodeView } from "../../view.js";
import { askChange, askNode } from "../ask.js";
import { IdLink, StateBadge, TaskName, When } from "../bits.js";
import { askFirst } from "../dialogs.js";
import { hello, run } from "../live.js";
import { momentTitle } from "../text.js";
import { stateAt } from "./letters.js";

interface PanelProps {
  readonly id: string;
  readonly index: number;
  close(): void;
}

export function Panel({ id, index, close }: PanelProps) {
  const state = stateAt(run.states.value?.letters ?? "", index);
  const { node, failed } = useNode({ id, index, state });
  return (
    <aside class="panel" aria-label="Node" onKeyDown={(event) => event.key === "Escape" && close()}>
      <header class="panel-head">
        <h2>{node?.task ? <TaskName name={node.task} /> : node?.kind === "join" ? "Join" : `Node ${index}`}</h2>
        <button type="button" class="icon-button" aria-label="Close" title="Close (Esc)" onClick={close}>
          ×
        </button>
      </header>
      {failed !== undefined && <p class="quiet">{failed}</p>}
      {node && <NodeFacts node={node} />}
    </aside>
  );
}

/** Reads the node, and reads it again when its state has changed. */
function useNode({ id, index, state }: { readonly id: string; readonly index: number; readonly state: string }) {
  const [node, setNode] = useState<NodeView>();
  const [failed, setFailed] = useState<string>();
  // Another state is the reason to ask again.
  useEffect(() => {
    let isCurrent = true;
    askNode({ run: id, index }).then(
      (told) => {
        if (!isCurrent) return;
        setNode(told);
        setFailed(undefined);
      },
      (error: unknown) => isCurrent && setFailed(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, index, state]);
  return { node: node?.index === index ? node : undefined, failed };
}

function NodeFacts({ node }: { readonly node: NodeView }) {
  const { state, submitted, started, finished, due, attempt = 0, worker, stamps = {}, progress, setAside, path } = node;
  const isOpen = state === "PENDING" || state === "STARTED" || state === "RETRY";
  return (
    <>
      <p class="panel-state">
        <StateBadge state={state} />
      </p>
      <p class="why">{node.why}</p>
      {progress && <ProgressOf done={progress.done} total={progress.total} />}
      <dl class="facts">
        <Fact name="Id">
          <code class="copy">{node.id}</code>
        </Fact>
        {path !== "" && (
          <Fact name="Place">
            <code>{path}</code>
          </Fact>
        )}
        {setAside !== undefined && <Fact name="Set aside">{setAside}</Fact>}
        {(node.kind === "task" || attempt > 0) && <Fact name="Attempt">{attempt + 1}</Fact>}
        {worker !== undefined && <Fact name="Worker">{worker}</Fact>}
        {submitted !== undefined && <Moment name="Submitted" at={submitted} />}
        {started !== undefined && <Moment name="Started" at={started} />}
        {finished !== undefined && <Moment name="Ended" at={finished} />}
        {started !== undefined && finished !== undefined && <Fact name="Took">{lengthText(finished - started)}</Fact>}
        {due !== undefined && <Moment name="Due" at={due} />}
        {Object.entries(stamps).map(([key, value]) => (
          <Fact key={key} name={`Stamp ${key}`}>
            <code>{Array.isArray(value) ? value.join(", ") : String(value)}</code>
          </Fact>
        ))}
      </dl>
      {node.error && <ErrorOf node={node} error={node.error} />}
      {isOpen && !hello.value?.readOnly && (
        <div class="panel-buttons">
          {setAside !== undefined && node.task !== undefined && (
            <button type="button" class="button" onClick={() => giveBack(node.task!)}>
              Give back to the queue
            </button>
          )}
          <button type="button" class="button danger" onClick={() => revoke(node)}>
            Revoke this node
          </button>
        </div>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Moment({ name, at }: { readonly name: string; readonly at: number }) {
  return (
    <Fact name={name}>
      <When at={at} /> <span class="quiet">{momentTitle(at)}</span>
    </Fact>
  );
}

function ProgressOf({ done, total }: { readonly done: number; readonly total?: number | undefined }) {
  return (
    <div class="load">
      <progress value={total === undefined ? undefined : done} max={total} aria-label="Progress" />
      <span>{total === undefined ? `${done} done` : `${done} of ${total}`}</span>
    </div>
  );
}

function ErrorOf({ node, error }: { readonly node: NodeView; readonly error: NonNullable<NodeView["error"]> }) {
  return (
    <section class="error" aria-label="Error">
      <h3>{error.name}</h3>
      <p>{error.message}</p>
      {error.index !== node.index && (
        <p class="quiet">
          It happened in <IdLink id={error.taskId} run={node.run} index={error.index} />.
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keys. */}
      <pre tabIndex={0}>{error.stack}</pre>
    </section>
  );
}

function giveBack(task: string): void {
  askFirst({
    title: "Give back to the queue?",
    text: `All that is set aside of ${task} goes back, and workers look at it again. What they still cannot run comes back.`,
    yes: "Give back",
    act: () => askChange("api/retry", { task }),
  });
}

function revoke({ id, run: whole, task }: NodeView): void {
  askFirst({
    title: "Revoke this node?",
    text: `${task ?? "The join"} (${id}) of run ${whole} will not start, and what follows it will not either. This cannot be undone.`,
    option: "Stop it, too, if it runs: its signal fires",
    yes: "Revoke",
    act: (terminate) => askChange("api/revoke", { id, terminate }),
  });
}
