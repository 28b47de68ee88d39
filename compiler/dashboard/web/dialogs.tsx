/** Questions before something is done, and what came of it. */
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Done } from "../view.js";
import { Refused } from "./ask.js";

/** What somebody is asked. */
interface Question {
  readonly title: string;
  readonly text: string;
  /** The word on the button that goes on. */
  readonly yes: string;
  /** Something to choose on the way. */
  readonly option?: string;
  act(option: boolean): Promise<Done>;
}

const question = signal<Question | undefined>(undefined);
const toast = signal<Done | undefined>(undefined);
let fading: ReturnType<typeof setTimeout> | undefined;

/** Asks, and does it if the answer is yes. */
export function askFirst(asked: Question): void {
  question.value = asked;
}

/** Says what came of something, for a while. */
export function tell(done: Done): void {
  clearTimeout(fading);
  toast.value = done;
  fading = setTimeout(() => {
    toast.value = undefined;
  }, 6_000);
}

export function ConfirmDialog() {
  const asked = question.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [option, setOption] = useState(false);
  useEffect(() => {
    setOption(false);
    if (asked) dialog.current?.showModal();
    else dialog.current?.close();
  }, [asked]);
  const close = () => {
    question.value = undefined;
  };
  const goOn = async () => {
    close();
    tell(
      await asked!
        .act(option)
        .catch((error: unknown) => ({ ok: false, says: error instanceof Refused ? error.message : String(error) })),
    );
  };
  return (
    <dialog ref={dialog} class="dialog" onClose={close} aria-labelledby="question">
      {asked && (
        <>
          <h2 id="question">{asked.title}</h2>
          <p>{asked.text}</p>
          {asked.option && (
            <label class="check">
              <input type="checkbox" checked={option} onChange={(event) => setOption(event.currentTarget.checked)} />
              {asked.option}
            </label>
          )}
          <div class="dialog-buttons">
            <button type="button" class="button" onClick={close}>
              Leave it
            </button>
            <button type="button" class="button danger" onClick={goOn}>
              {asked.yes}
            </button>
          </div>
        </>
      )}
    </dialog>
  );
}

export function Toast() {
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {toast.value && (
        <div class="toast" data-ok={toast.value.ok}>
          {toast.value.says}
        </div>
      )}
    </div>
  );
}
