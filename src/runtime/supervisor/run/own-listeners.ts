import { JudgedSockets } from '../../../platform/judged-sockets.ts';
import type { Listener } from '../../../platform/listeners.ts';
import { findMembers, NO_MEMBERS, viewRun } from '../../process/find-members.ts';
import type { Processes } from '../../process/look-at-processes.ts';
import type { RunRecord } from '../../state/run-record.ts';

/** What was judged of each service's latest run. */
const judgedOf = new Map<string, { readonly run: string; readonly sockets: JudgedSockets }>();

/** Wherever processes of the run listen; `processes`: those that were just looked at. */
export function ownListeners(record: RunRecord, processes?: Processes): readonly Listener[] {
  const members = () =>
    processes === undefined ? findMembers(record) : viewRun(record, processes, NO_MEMBERS).members;
  return socketsOf(record).own(() => members().map(({ identity }) => identity.pid));
}

/** Those of the listeners that are a process's of the run. */
export function ownAmong(record: RunRecord, listeners: readonly Listener[]): readonly Listener[] {
  return socketsOf(record).ownAmong(listeners, () => memberPids(record));
}

function memberPids(record: RunRecord): readonly number[] {
  return findMembers(record).map(({ identity }) => identity.pid);
}

function socketsOf({ service, id }: RunRecord): JudgedSockets {
  const known = judgedOf.get(service);
  if (known?.run === id) return known.sockets;
  const sockets = new JudgedSockets();
  judgedOf.set(service, { run: id, sockets });
  return sockets;
}
