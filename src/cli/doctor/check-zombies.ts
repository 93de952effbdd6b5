import { setTimeout as delay } from 'node:timers/promises';
import { commandLineOf } from '../../platform/process-details.ts';
import { type ProcessEntry, readProcessTable } from '../../platform/process-table.ts';
import { type DoctorFacts, supervisorOf } from './doctor-facts.ts';
import { type Finding, info, warning } from './finding.ts';

/** A parent that reaps does so within this time. */
const REAPING_MS = 300;

/** Zombies of the checkout's runs that stay: dead already, their parents only do not ask how they ended. */
export async function checkZombies(facts: DoctorFacts): Promise<readonly Finding[]> {
  const first = new Set(zombiesOf(facts).map(({ pid }) => pid));
  if (first.size === 0) return [];
  await delay(REAPING_MS);
  const { ownMembers, leftovers } = facts.own;
  return zombiesOf(facts)
    .filter(({ pid }) => first.has(pid))
    .map(({ pid, name, parentPid }) => {
      const service = ownMembers.get(parentPid) ?? leftovers.get(parentPid) ?? null;
      const parent = { pid: parentPid, command: commandLineOf(parentPid) ?? '' };
      return (service === null ? info : warning)({ code: 'zombie', pid, name, parent, service }, { pid });
    });
}

/** By their parent, or by the group of a run that they were in before pid 1 got them. */
function zombiesOf(facts: DoctorFacts): readonly ProcessEntry[] {
  const { ownMembers, leftovers } = facts.own;
  const parents = new Set([...ownMembers.keys(), ...leftovers.keys(), supervisorOf(facts)?.pid]);
  const records = [...facts.states.values()].map(({ record }) => record);
  const groups = new Set(records.map((record) => (typeof record === 'object' ? record.root?.pid : undefined)));
  return readProcessTable().filter(
    ({ state, parentPid, groupId }) => state === 'zombie' && (parents.has(parentPid) || groups.has(groupId)),
  );
}
