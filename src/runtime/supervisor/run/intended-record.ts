import { statSync } from 'node:fs';
import { join } from 'node:path';
import { endpointOf } from '../../../plan/environment.ts';
import { pathsOf } from '../../state/paths.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { BringUpRequest } from './bring-up.ts';
import { writtenCrashes } from './crash-times.ts';
import type { LaunchEnvironment } from './launch-environment.ts';

/** The record of a run of which nothing has begun yet. */
export function intendedRecord(
  { spec, run, host, crashTimes }: BringUpRequest,
  { givenPorts }: LaunchEnvironment,
): RunRecord {
  const { service, port } = spec;
  const paths = pathsOf(host.root);
  const { fifo, log } =
    spec.client === null ? { fifo: paths.fifo(run), log: paths.log(service.name) } : { fifo: '', log: '' };
  return {
    schemaVersion: 1,
    id: run,
    service: service.name,
    plan: service,
    root: null,
    container: null,
    fifo,
    log,
    cwd: join(host.root, service.cwd),
    port: port.assigned,
    wantedPort: port.wanted,
    url: port.assigned === null ? null : endpointOf(service, port.assigned).url,
    givenPorts: Object.fromEntries(givenPorts),
    startedAt: host.timestamp(),
    crashedAt: writtenCrashes(crashTimes, host.clock),
    readyAt: null,
    logOffset: statSync(log, { throwIfNoEntry: false })?.size ?? 0,
    fingerprint: spec.fingerprint,
  };
}
