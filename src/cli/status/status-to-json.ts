import type { StatusCommand } from '../commands/status.ts';
import type { ServiceView } from './service-view.ts';

/**
 * A service's status, as the process table corrects it; `stopped` and `lastRestart` only where something is, `inConfig`
 * only where it is false. As a `table` what is of use to a caller, else the whole status file.
 */
export function statusToJson(view: ServiceView, detail: StatusCommand['detail']) {
  const { status, state, pid, port, url, supervised, stopped, isListed, changed } = view;
  const { fingerprint: _, ...written } = status;
  const shown = detail === 'table' ? withoutInternals(view) : written;
  const seldom = {
    ...(status.lastRestart !== null && { lastRestart: status.lastRestart }),
    ...(stopped.length > 0 && { stopped }),
    ...(!isListed && { inConfig: false as const }),
  };
  return { ...shown, state, pid, port, url, supervised, changed, ...seldom };
}

function withoutInternals({ status, pid, port, url }: ServiceView) {
  const { service, state, wanted, wantedPort, startedAt, restarts, lastExit, failure, log } = status;
  const { verdict, checkedAt, responseMs, grade } = status.health;
  const health = { verdict, checkedAt, responseMs, grade };
  return { service, state, wanted, pid, port, wantedPort, url, startedAt, restarts, health, lastExit, failure, log };
}
