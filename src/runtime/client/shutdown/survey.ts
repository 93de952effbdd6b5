import { isAbsolute, relative, sep } from 'node:path';
import { portNumber } from '../../../base/port-number.ts';
import { configuredPorts } from '../../../plan/wanted-ports.ts';
import { isContainerEngine } from '../../../platform/container-engine.ts';
import { ownUserId } from '../../../platform/own-user.ts';
import { portUses } from '../../../platform/port-uses.ts';
import { commandLineOf, executableOf, workingDirectoryOf } from '../../../platform/process-details.ts';
import { identityOfEntry, isAlive, type ProcessIdentity } from '../../../platform/process-identity.ts';
import { type ProcessEntry, readMarksOf, readProcessTable } from '../../../platform/process-table.ts';
import { isProtectedProgram } from '../../../platform/protected-program.ts';
import { runIdsOf, SUBREAPER_MARK, SUPERVISOR_MARK } from '../../../platform/run-marks.ts';
import { ownAncestors } from '../../../platform/signals.ts';
import { registeredPorts } from '../../ports/reservations.ts';
import { findMembers } from '../../process/find-members.ts';
import { findRunIds } from '../../process/find-run-ids.ts';
import { type RunTrace, traceOfCommand } from '../../process/run-trace.ts';
import { readCommandRuns } from '../../state/command-run.ts';
import { pathsOf } from '../../state/paths.ts';
import { readRunRecord } from '../../state/run-record-file.ts';
import { servicesWithRunRecord } from '../../state/services-with-run-record.ts';
import { knownShift } from '../../worktrees/port-shift.ts';
import type { Checkout } from '../checkout.ts';
import {
  chooseProcesses,
  type EndingReason,
  type JudgedProcess,
  type OtherRun,
  type OwnReason,
} from './choose-processes.ts';

/** Programs that the user wants ended by name. */
export interface NamedPrograms {
  readonly name: string;
  readonly where: 'project' | 'everywhere';
}

/** With what can be asked only while it lives. */
export interface FoundProcess extends JudgedProcess {
  readonly command: string;
  /** `null`: not known. */
  readonly cwd: string | null;
}

export interface Survey {
  /** The ports that services want, and those that live runs have. */
  readonly ports: ReadonlySet<number>;
  /** Who speaks for being ended now; who did at an earlier look still does. */
  look(): readonly FoundProcess[];
}

interface KnownRun {
  readonly trace: RunTrace;
  readonly reason: OwnReason;
  readonly port: number | null;
}

/** Looks around for everything that a hard shutdown of the checkout ends. */
export function openSurvey(checkout: Checkout, named: NamedPrograms | null): Survey {
  const { root, plan, environment } = checkout;
  const runs = new Map<string, KnownRun>();
  const known = new Map<number, { readonly identity: ProcessIdentity; readonly reason: EndingReason }>();
  const first = runsOf(root);
  const ports = new Set([
    ...[...configuredPorts(plan, environment, knownShift(checkout) ?? 0).values()].map(
      ({ value }) => portNumber(value) ?? 0,
    ),
    // Of a run that is over anybody may have the port by now.
    ...first.flatMap(({ trace, port }) => (port !== null && findMembers(trace).length > 0 ? [port] : [])),
  ]);
  return {
    ports,
    look() {
      for (const run of runsOf(root)) if (!runs.has(run.trace.id)) runs.set(run.trace.id, run);
      const table = readProcessTable().filter(({ pid, state }) => pid !== process.pid && state !== 'zombie');
      const entries = new Map(table.map((entry) => [entry.pid, entry]));
      const marks = readMarksOf([...entries.keys()]);
      const keysOf = (pid: number): ReadonlySet<string> => marks.get(pid)?.environmentKeys ?? new Set();
      const supervisors = [...entries.keys()].filter(
        (pid) => keysOf(pid).has(SUPERVISOR_MARK) && commandLineOf(pid)?.endsWith(`supervisor.cjs ${root}`) === true,
      );
      const otherRunOf = (entry: ProcessEntry | undefined, depth = 0): OtherRun | null => {
        if (entry === undefined || entry.pid <= 1 || depth > 64) return null;
        const keys = [...keysOf(entry.pid)];
        const run = runIdsOf(keys).find((id) => !runs.has(id));
        if (run === undefined && (!keys.includes(SUPERVISOR_MARK) || supervisors.includes(entry.pid))) {
          // Some servers overwrite their environment with their title.
          return otherRunOf(entries.get(entry.parentPid), depth + 1);
        }
        const { root: owner = null, service = null } = registeredPorts().find((port) => port.run === run) ?? {};
        return { run: run ?? '', root: owner, service };
      };
      const judged = chooseProcesses({
        // A subreaper is no part of a service, and ends with the last process that it has.
        table: table.filter(({ pid }) => !keysOf(pid).has(SUBREAPER_MARK)),
        userId: ownUserId(),
        callers: ownAncestors(),
        supervisors: new Set(supervisors),
        members: new Map(
          [...runs.values()].flatMap(({ trace, reason }) =>
            findMembers(trace).map(({ identity }) => [identity.pid, reason] as const),
          ),
        ),
        portUses: portUses(ports),
        known: new Map([...known].flatMap(([pid, { identity, reason }]) => (isAlive(identity) ? [[pid, reason]] : []))),
        isNamed: (entry) => named !== null && hasName(entry, named, root),
        isProtected: ({ pid }) => isProtectedProgram(executableOf(pid) ?? '', commandLineOf(pid) ?? ''),
        isEngine: ({ pid }) => isContainerEngine(commandLineOf(pid) ?? ''),
        otherRunOf,
      });
      for (const { entry, reason, exemption } of judged) {
        if (exemption === null) known.set(entry.pid, { identity: identityOfEntry(entry), reason });
      }
      return judged.map((each) => {
        const { pid, name } = each.entry;
        return { ...each, command: commandLineOf(pid) ?? name, cwd: workingDirectoryOf(pid) ?? null };
      });
    },
  };
}

/** Also those whose record is gone: by their FIFOs, and by the ports that they reserved. */
function runsOf(root: string): readonly KnownRun[] {
  const { runs, fifo } = pathsOf(root);
  const records = servicesWithRunRecord(root).flatMap((service) => {
    const record = readRunRecord(root, service);
    return record.ok
      ? [{ trace: record.value, reason: { kind: 'run', service } as const, port: record.value.port }]
      : [];
  });
  const commands = readCommandRuns(root).map((record) => {
    const { kind, name } = record;
    return { trace: traceOfCommand(record), reason: { kind, name }, port: null };
  });
  const bare = findRunIds(runs).map((id) => ({ id, fifo: fifo(id), service: null, port: null }));
  const reserved = registeredPorts().flatMap(({ root: owner, run, service, port }) =>
    owner === root && run !== null ? [{ id: run, fifo: '', service, port }] : [],
  );
  return [
    ...records,
    ...commands,
    ...[...bare, ...reserved].map(({ id, fifo, service, port }) => ({
      ...{ reason: { kind: 'run', service } as const, port },
      trace: { id, root: null, fifo, log: '' },
    })),
  ];
}

/**
 * By its program's file, or by the name it was started by, with or without a version behind it: `python3.11` is a
 * `python`. The commands of other checkouts go by no name: they would take their services with them.
 */
function hasName({ pid, name, userId }: ProcessEntry, wanted: NamedPrograms, root: string): boolean {
  if (userId !== ownUserId()) return false;
  const names = [name, executableOf(pid) ?? ''].map((path) => path.replace(/^.*[\\/]|\.exe$/g, ''));
  if (!names.some((each) => each.startsWith(wanted.name) && /^[\d.]*$/.test(each.slice(wanted.name.length))))
    return false;
  const way = relative(root, workingDirectoryOf(pid) ?? '/');
  const isInside = way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  return isInside || (wanted.where === 'everywhere' && !/\.devgen.runtime./.test(commandLineOf(pid) ?? ''));
}
