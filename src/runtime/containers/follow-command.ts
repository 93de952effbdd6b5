import type { UpContainer } from '../state/container-run.ts';

/** Of a container that was up before: enough to see what it is about. */
const TAIL = 20;
const EARLY_MS = 500;

/**
 * The command that writes a container's output and ends with it: the root process of a run. The engine's own, because
 * it can begin exactly with this start of the container, however often it was started before.
 */
export function followCommand({ engine, id, begun }: Pick<UpContainer, 'engine' | 'id' | 'begun'>): string {
  const own = begun.find((container) => container.id === id);
  const from = own === undefined ? `--tail ${TAIL}` : `--since ${shortlyBefore(own.startedAt)}`;
  return `${engine} logs --follow ${from} ${id}`;
}

/** A first line may carry an earlier time than the start that it belongs to. */
function shortlyBefore(startedAt: string): string {
  const ms = Date.parse(startedAt);
  return Number.isNaN(ms) ? startedAt : new Date(ms - EARLY_MS).toISOString();
}
