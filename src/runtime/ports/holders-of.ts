import { isContainerEngine } from '../../platform/container-engine.ts';
import { lineageOf } from '../../platform/lineage.ts';
import { type Listener, nearEndsAt, ownersOf } from '../../platform/listeners.ts';
import { ownUserId } from '../../platform/own-user.ts';
import { commandLineOf, executableOf, userNameOf, workingDirectoryOf } from '../../platform/process-details.ts';
import { findProcess, readProcessMarks, showsMarks } from '../../platform/process-table.ts';
import { isProtectedProgram } from '../../platform/protected-program.ts';
import { ownAncestors } from '../../platform/signals.ts';
import type { PortHolder } from '../state/lifecycle.ts';
import { type HolderFacts, type InspectContext, type Observer, relationOf } from './holder-relation.ts';
import { recordedTags } from './recorded-tags.ts';
import { resembledService } from './resembled-service.ts';
import { registeredPorts } from './reservations.ts';

/**
 * Every process that has one of these listeners, none twice, and one unnamed holder for each listener whose owner is
 * hidden.
 */
export function holdersOf(listeners: readonly Listener[], context: InspectContext): readonly PortHolder[] {
  const [holders = []] = holdersOfEach([listeners], context);
  return holders;
}

/** `holdersOf` for several groups of listeners, in their order, at the price of one look at the processes. */
export function holdersOfEach(
  groups: readonly (readonly Listener[])[],
  context: InspectContext,
): readonly (readonly PortHolder[])[] {
  const owners = findOwners(groups.flat(), context);
  const observer = look();
  const known = new Map<number, PortHolder>();
  const holderOf = (pid: number): PortHolder => {
    const holder = known.get(pid) ?? describe(pid, context, observer);
    known.set(pid, holder);
    return holder;
  };
  return groups.map((listeners) => {
    const pids = new Set(listeners.flatMap(({ inode }) => owners.get(inode) ?? []));
    const hidden = listeners.filter(({ inode }) => !owners.has(inode));
    return [...[...pids].map(holderOf), ...hidden.map(({ userId }) => hiddenHolder(userId))];
  });
}

/** The processes whose connection to somewhere else has the port as its near end. */
export function clientsAt(port: number): readonly PortHolder[] {
  return nearEndsAt(port).pids.map((pid) => {
    const { entry: _, ...known } = detailsOf(pid);
    return { ...known, relation: { kind: 'client' } };
  });
}

/** A process of which only the user is known, or not even that (`null`). */
export function hiddenHolder(userId: number | null): PortHolder {
  const user = userId === null ? null : (userNameOf(userId) ?? null);
  return { pid: null, command: null, user, cwd: null, relation: { kind: 'untouchable' } };
}

/** Looks among our own processes first, which is cheap, and through all processes only for what is left. */
function findOwners(listeners: readonly Listener[], context: InspectContext): ReadonlyMap<string, readonly number[]> {
  const near = ownersOf(listeners, [...context.ownMembers.keys(), ...context.leftovers.keys()]);
  const rest = listeners.filter(({ inode }) => !hasOwner(near, inode));
  const far = rest.length === 0 ? new Map<string, readonly number[]>() : ownersOf(rest);
  return new Map([...near, ...far].filter(([, pids]) => pids.length > 0));
}

function hasOwner(owners: ReadonlyMap<string, readonly number[]>, inode: string): boolean {
  return (owners.get(inode) ?? []).length > 0;
}

function look(): Observer {
  return { userId: ownUserId(), self: new Set([process.pid, ...ownAncestors()]), registered: registeredPorts() };
}

function describe(pid: number, context: InspectContext, observer: Observer): PortHolder {
  const { entry, ...known } = detailsOf(pid);
  const facts: HolderFacts = {
    pid,
    userId: entry?.userId ?? null,
    isEngine: isContainerEngine(known.command ?? ''),
    isProtected: isProtectedProgram(executableOf(pid) ?? '', known.command ?? ''),
    environmentKeys: environmentKeysOf(pid),
  };
  const relation = relationOf(facts, context, observer);
  if (relation.kind !== 'stranger') return { ...known, relation };
  return { ...known, relation: { ...relation, resembles: resembledService(pid, context.root) } };
}

function detailsOf(pid: number) {
  const entry = findProcess(pid);
  return {
    entry,
    pid,
    command: commandLineOf(pid) ?? entry?.name ?? null,
    user: entry === undefined ? null : (userNameOf(entry.userId) ?? null),
    cwd: workingDirectoryOf(pid) ?? null,
  };
}

/** The process's own first; its parents' because some servers overwrite their environment with their title. */
function environmentKeysOf(pid: number): ReadonlySet<string> {
  if (!showsMarks) return recordedTags(pid);
  const keys = new Set<string>();
  for (const at of lineageOf(pid)) {
    if (at > 1) for (const key of readProcessMarks(at)?.environmentKeys ?? []) keys.add(key);
  }
  return keys;
}
