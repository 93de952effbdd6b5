import type { BegunContainer } from '../state/container-run.ts';
import type { SeenWhileStarting } from '../state/lifecycle.ts';
import type { ContainerState, PublishedPort } from './container-state.ts';

export type ContainerVerdict =
  /** It can be probed; `port`: where, `null` for a service without a port. */
  | { readonly kind: 'running'; readonly port: PublishedPort | null }
  | { readonly kind: 'not-ready'; readonly seen: SeenWhileStarting };

/**
 * Whether a container is where its service is to be reached. Pure. A port belongs to the container that publishes it,
 * whichever process the engine has listening there. `null`: the engine does not know the container.
 */
export function judgeContainer(state: ContainerState | null, wanted: number | null): ContainerVerdict {
  if (state === null) return notReady('its container is gone');
  if (state.status !== 'running') return notReady(`its container is \`${state.status}\``);
  if (state.health === 'unhealthy') return notReady('its container is unhealthy by its own health check');
  if (wanted === null) return { kind: 'running', port: null };
  const port = state.ports.find(({ host }) => host === wanted);
  if (port !== undefined) return { kind: 'running', port };
  const others = state.ports.map(({ host }) => host);
  const instead = others.length === 0 ? 'none at all' : others.join(', ');
  return notReady(`its container does not publish port ${wanted} (it publishes ${instead})`);
}

/** Whether this is still what was started: not started again by a person since. */
export function isStillBegun(state: ContainerState, begun: readonly BegunContainer[]): boolean {
  const known = begun.find(({ id }) => id === state.id);
  return known !== undefined && isRunning(state) && (known.startedAt === state.startedAt || state.restarts > 0);
}

export function isRunning({ status }: ContainerState): boolean {
  return status === 'running' || status === 'restarting' || status === 'paused';
}

function notReady(message: string): ContainerVerdict {
  return { kind: 'not-ready', seen: { kind: 'error', message } };
}
