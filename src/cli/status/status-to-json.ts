import type { StatusCommand } from '../commands/status.ts';
import type { ServiceView } from './service-view.ts';

/**
 * A service's status, as the process table corrects it; `inConfig` only where it is false. As a `table` what is of use to
 * a caller, else the whole status file.
 */
export function statusToJson(view: ServiceView, detail: StatusCommand['detail']): Readonly<Record<string, unknown>> {
  const { status, state, pid, supervised, isListed } = view;
  const shown = detail === 'table' ? withoutInternals(status) : status;
  return { ...shown, state, pid, supervised, ...(isListed ? {} : { inConfig: false }) };
}

function withoutInternals(status: ServiceView['status']): Readonly<Record<string, unknown>> {
  const { service, state, wanted, pid, port, wantedPort, url, startedAt, restarts, lastExit, failure, log } = status;
  const { verdict, responseMs, grade } = status.health;
  const health = { verdict, responseMs, grade };
  return { service, state, wanted, pid, port, wantedPort, url, startedAt, restarts, health, lastExit, failure, log };
}
