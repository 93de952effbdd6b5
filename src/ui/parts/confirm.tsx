import { useEffect, useRef } from 'preact/hooks';
import { createStore, useStore } from '../data/store.ts';

interface Question {
  readonly title: string;
  readonly text: string;
  readonly doIt: string;
  readonly answer: (isWanted: boolean) => void;
}

const questions = createStore<Question | null>(null);

/** Asks before something is done that takes something away from others. */
export function confirmed(question: Omit<Question, 'answer'>): Promise<boolean> {
  return new Promise((answer) => questions.set(() => ({ ...question, answer })));
}

export function ConfirmDialog() {
  const question = useStore(questions, (now) => now);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (question !== null) dialog.current?.showModal();
  }, [question]);
  const close = (isWanted: boolean): void => {
    question?.answer(isWanted);
    questions.set(() => null);
  };
  if (question === null) return null;
  return (
    <dialog ref={dialog} aria-labelledby="confirm-title" onCancel={() => close(false)}>
      <h2 id="confirm-title">{question.title}</h2>
      <p>{question.text}</p>
      <div class="buttons">
        <button type="button" onClick={() => close(false)}>
          Cancel
        </button>
        <button type="button" class="danger" onClick={() => close(true)}>
          {question.doIt}
        </button>
      </div>
    </dialog>
  );
}
