import type { BegunContainer } from '../state/container-run.ts';
import type { ContainerState } from './container-state.ts';
import { isRunning } from './judge-container.ts';

/** What of these containers runs and was not up before, by the ids of what was. Pure. */
export function begunSince(before: readonly string[], states: readonly ContainerState[]): readonly BegunContainer[] {
  const fresh = states.filter((state) => isRunning(state) && !before.includes(state.id));
  return fresh.map(({ id, startedAt }) => ({ id, startedAt }));
}
