import type { EventDocument, ProjectDocument } from './documents.ts';
import { createStore } from './store.ts';

/** What is told as it happens. */
export interface Live {
  /** `ended`: the server is gone for good, or this browser is not let in any more. */
  readonly connection: 'opening' | 'open' | 'lost' | 'ended';
  readonly project: ProjectDocument | null;
  /** What has happened since the page was opened, the newest last. */
  readonly events: readonly EventDocument[];
  /** Counts up when a service has written something. */
  readonly written: number;
}

const KEPT_EVENTS = 1000;
/** A server that is gone for so long does not come back under this address. */
const PATIENCE_MS = 10_000;

export const live = createStore<Live>({ connection: 'opening', project: null, events: [], written: 0 });

/**
 * Listens while the page is seen, and until another one of the same browser is: that has six connections to us, for
 * all its pages together.
 */
export function followProject(): void {
  const others = new BroadcastChannel('seen');
  let source: EventSource | undefined;
  const look = (): void => {
    if (document.visibilityState !== 'visible') return;
    others.postMessage(null);
    source ??= listen();
  };
  others.addEventListener('message', () => {
    if (document.visibilityState === 'visible') return;
    source?.close();
    source = undefined;
  });
  document.addEventListener('visibilitychange', look);
  look();
}

/** Of the last event that was told here. */
let lastId = '';

/** The browser connects again by itself, and names the last event that it has got, as we do for the one before. */
function listen(): EventSource {
  const source = new EventSource(lastId === '' ? 'stream' : `stream?last=${lastId}`);
  let lostAt = 0;
  source.addEventListener('open', () => {
    lostAt = 0;
    setConnection('open');
  });
  source.addEventListener('error', () => {
    if (lostAt === 0) lostAt = performance.now();
    const isOver = source.readyState === EventSource.CLOSED || performance.now() - lostAt > PATIENCE_MS;
    setConnection(isOver ? 'ended' : 'lost');
  });
  on<ProjectDocument>(source, 'project', (project) => live.set((now) => ({ ...now, project })));
  on<EventDocument>(source, 'event', (event) =>
    live.set((now) => ({ ...now, events: [...now.events.slice(1 - KEPT_EVENTS), event] })),
  );
  on(source, 'written', () => live.set((now) => ({ ...now, written: now.written + 1 })));
  return source;
}

function setConnection(connection: Live['connection']): void {
  if (live.get().connection !== connection) live.set((now) => ({ ...now, connection }));
}

function on<Document>(source: EventSource, name: string, take: (document: Document) => void): void {
  source.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
    lastId = lastEventId;
    take(JSON.parse(data) as Document);
  });
}
