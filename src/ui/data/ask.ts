import { useEffect, useRef, useState } from 'preact/hooks';
import type { FaultDocument, MaybeFault } from './documents.ts';

/** What came of a question: the last good answer stays when a later one fails. */
export interface LastAnswer<Document> {
  readonly document: Document | null;
  readonly fault: FaultDocument | null;
  readonly isAsking: boolean;
  again(): void;
}

/** Asks when it is first drawn, when the path changes and, with a period, again and again while the page is seen. */
export function useAnswer<Document>(path: string, everyMs: number | null = null): LastAnswer<Document> {
  const [state, setState] = useState({ document: null as Document | null, fault: null as FaultDocument | null });
  const [asking, setAsking] = useState(0);
  const latest = useRef('');
  const again = async (): Promise<void> => {
    latest.current = path;
    setAsking((count) => count + 1);
    const document = await askFor<Document>(path);
    setAsking((count) => count - 1);
    if (latest.current !== path) return;
    if (document.error === undefined) setState({ document, fault: null });
    else setState((before) => ({ ...before, fault: document.error ?? null }));
  };
  useEffect(() => {
    void again();
    if (everyMs === null) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void again();
    }, everyMs);
    return () => clearInterval(timer);
  }, [path, everyMs]);
  return { ...state, isAsking: asking > 0, again: () => void again() };
}

export type ActionWord = 'start' | 'stop' | 'restart' | 'force';

/** Does something to services; empty `names`: to all. */
export function act<Document>(action: ActionWord, names: readonly string[]): Promise<Document & MaybeFault> {
  const body = JSON.stringify({ action, names });
  return fetched('act', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
}

/** Never fails: that there is no answer is one, too. */
export function askFor<Document>(path: string): Promise<Document & MaybeFault> {
  return fetched(path, {});
}

async function fetched<Document>(path: string, request: RequestInit): Promise<Document & MaybeFault> {
  try {
    const response = await fetch(path, request);
    if (response.headers.get('content-type')?.includes('json') === true) return await response.json();
    return noAnswer(await response.text());
  } catch (thrown) {
    return noAnswer(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function noAnswer<Document>(message: string): Document & MaybeFault {
  return { error: { code: 'page/no-answer', message: message.trim(), hint: null } } as Document & MaybeFault;
}
