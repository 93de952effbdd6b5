import { identityOfEntry, isAlive } from '../../platform/process-identity.ts';
import { type Signal, signalGroup, signalProcess } from '../../platform/signals.ts';
import type { RunMember } from './find-members.ts';
import type { MemberLook } from './search-members.ts';

/** The processes that a stop has asked to end so far. None is asked twice: many take that as an order to drop all. */
export type Asked = Set<string>;

/**
 * Asks a run to end, each process once: the groups of those that have no parent in the run, as Ctrl+C would; what is
 * under them is left to them. Members that are orphaned later are asked by the next call. A suspended process is woken,
 * because it would never hear.
 */
export function askMembers({ members, table }: MemberLook, signal: Signal, asked: Asked): void {
  const pids = new Set(members.map(({ entry }) => entry.pid));
  for (const member of members) {
    if (pids.has(member.entry.parentPid) || asked.has(keyOf(member))) continue;
    const { groupId } = member.entry;
    const group = members.filter(({ entry }) => entry.groupId === groupId);
    const isWhole =
      isGroupOf({ members, table }, groupId) &&
      signalGroup({ witness: member.identity, groupId, table }, signal) === 'sent';
    for (const each of group) {
      if (!isWhole) signalProcess(each.identity, signal);
      asked.add(keyOf(each));
    }
  }
  for (const { entry, identity } of members) if (entry.state === 'stopped') signalProcess(identity, 'SIGCONT');
}

/** Kills a run: its groups first, each at one instant, so that none forks in between; then what lives outside them. */
export function killMembers({ members, table }: MemberLook): void {
  const groups = new Set(members.map(({ entry }) => entry.groupId).filter((groupId) => groupId > 1));
  for (const groupId of groups) {
    const witness = members.find(({ entry, identity }) => entry.groupId === groupId && isAlive(identity));
    if (witness !== undefined && isGroupOf({ members, table }, groupId))
      signalGroup({ witness: witness.identity, groupId, table }, 'SIGKILL');
  }
  for (const { identity } of members) signalProcess(identity, 'SIGKILL');
}

/** Whether a process group is the run's alone. */
function isGroupOf({ members, table }: MemberLook, groupId: number): boolean {
  if (groupId <= 1) return false;
  const known = new Set(members.map(keyOf));
  return table.every(
    (entry) =>
      entry.groupId !== groupId || entry.state === 'zombie' || known.has(keyOf({ identity: identityOfEntry(entry) })),
  );
}

function keyOf({ identity }: Pick<RunMember, 'identity'>): string {
  return `${identity.pid}/${identity.startTime}`;
}
