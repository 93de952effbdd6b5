import { JudgedSockets } from '../../../platform/judged-sockets.ts';
import type { Listener } from '../../../platform/listeners.ts';
import { findMembers } from '../../process/find-members.ts';
import type { RunRecord } from '../../state/run-record.ts';

/** What was judged of each service's latest run. */
const judgedOf = new Map<string, { readonly run: string; readonly sockets: JudgedSockets }>();

/** Wherever processes of the run listen. */
export function ownListeners(record: RunRecord): readonly Listener[] {
  return socketsOf(record).own(() => memberPids(record));
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
