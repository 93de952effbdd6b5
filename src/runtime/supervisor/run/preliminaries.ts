import { statSync } from 'node:fs';
import { join } from 'node:path';
import { resolveCommand } from '../../../plan/resolve-command.ts';
import { runCommand } from '../../../platform/run-command.ts';
import { waitForResource } from '../../health/wait-for.ts';
import { closingLines } from '../../logs/read-tail.ts';
import { rotateIfLarge } from '../../logs/rotate.ts';
import { findFolder } from '../../process/find-folder.ts';
import type { Failure } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import type { BringUpRequest } from './bring-up.ts';
import { type LaunchEnvironment, launchEnvironment } from './launch-environment.ts';
import { writtenAddresses } from './written-addresses.ts';

/** What must be there and done before the service is spawned; `null`: all is well. */
export async function preliminaries(
  request: BringUpRequest,
  { missing, variables }: LaunchEnvironment,
): Promise<Failure | null> {
  const { spec, ending, host } = request;
  const { service } = spec;
  if (ending.signal.aborted) return { reason: 'cancelled' };
  const folder = findFolder(join(host.root, service.cwd));
  if (!folder.ok) return folder.error;
  if (missing !== null) return missing;
  const addresses = writtenAddresses(service, variables);
  if (!addresses.ok) return addresses.error;
  const log = pathsOf(host.root).log(service.name);
  rotateIfLarge(log, { ...spec.plan.logs, timeIndex: pathsOf(host.root).timeIndex(service.name) });
  for (const resource of addresses.value) {
    host.announce(service.name, { kind: 'waiting', reason: 'wait-for', what: resource });
    const timeoutMs = service.health.startTimeoutMs;
    if (!(await waitForResource(resource, timeoutMs, ending.signal))) {
      return ending.signal.aborted ? { reason: 'cancelled' } : { reason: 'wait-for-timeout', resource, timeoutMs };
    }
  }
  // What goes before a process of a client's has the client's terminal, too.
  return service.before === null || spec.client !== null
    ? null
    : runBefore(request, service.before, { cwd: folder.value, log });
}

/** The command that goes before writes into the service's own log, so that its words are found where one looks. */
async function runBefore(
  request: BringUpRequest,
  command: string,
  { cwd, log }: { readonly cwd: string; readonly log: string },
): Promise<Failure | null> {
  const { spec, ending, host } = request;
  host.announce(spec.service.name, { kind: 'waiting', reason: 'before', what: command });
  const offset = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const timeoutMs = spec.service.health.startTimeoutMs;
  const { code, signal, ended } = await runCommand({
    ...resolveCommand(command, launchEnvironment(request).variables),
    cwd,
    output: 'log',
    log,
    timeoutMs,
    signal: ending.signal,
  });
  if (ending.signal.aborted) return { reason: 'cancelled' };
  const lastLines = closingLines(log, offset);
  if (ended === 'timed-out') return { reason: 'before-timeout', command, timeoutMs, lastLines };
  return code === 0 ? null : { reason: 'before-failed', command, exit: { code, signal }, lastLines };
}
