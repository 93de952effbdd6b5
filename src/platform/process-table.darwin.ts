import { parseDescriptors } from './lsof-output.ts';
import { perTick, type TurnReader } from './per-tick.ts';
import type { ProcessEntry, ProcessMarks } from './process-entry.ts';
import { runTool } from './run-tool.ts';

const COLUMNS = 'pid=,ppid=,pgid=,uid=,stat=,lstart=,ucomm=';

/**
 * The process table of macOS and the BSDs, through `ps`; start times have a resolution of one second.
 * Written from its documentation and recorded forms of its output; it has not been run there.
 */
export const readPsTable: TurnReader<readonly ProcessEntry[]> = perTick(() =>
  parsePsTable(runTool('ps', ['-axo', COLUMNS])),
);

/** Rows of `ps -axo pid=,ppid=,pgid=,uid=,stat=,lstart=,ucomm=` under `LC_ALL=C TZ=UTC`; other lines are skipped. */
export function parsePsTable(text: string): readonly ProcessEntry[] {
  const row =
    /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\w{3}\s+\w{3}\s+\d{1,2}\s+\d{2}:\d{2}:\d{2}\s+\d{4})\s+(.*?)\s*$/;
  const table: ProcessEntry[] = [];
  for (const line of text.split('\n')) {
    const match = row.exec(line);
    if (match === null) continue;
    const [, pid, parentPid, groupId, userId, state = '', started = '', name = ''] = match;
    table.push({
      pid: Number(pid),
      parentPid: Number(parentPid),
      groupId: Number(groupId),
      sessionId: 0,
      userId: Number(userId),
      startTime: Date.parse(`${started} UTC`),
      state: state.startsWith('Z') ? 'zombie' : state.startsWith('T') ? 'stopped' : 'running',
      name,
    });
  }
  return table;
}

/**
 * One `ps` for the environments and one `lsof` for the standard descriptors.
 * macOS hides the environment of its own protected binaries (/bin/sh): those show an empty one, and are then found by
 * their descriptors, group or parent. Not run there.
 */
export function readPsMarks(pids: readonly number[]): ReadonlyMap<number, ProcessMarks> {
  if (pids.length === 0) return new Map();
  const list = pids.join(',');
  const environments = parsePsEnvironments(runTool('ps', ['eww', '-o', 'pid=,command=', '-p', list]));
  const descriptors = parseDescriptors(runTool('lsof', ['-nP', '-a', '-p', list, '-d', '0-2', '-F', 'pfan']));
  const marks = new Map<number, ProcessMarks>();
  for (const [pid, environmentKeys] of environments) {
    const files = descriptors.get(pid);
    marks.set(pid, {
      environmentKeys,
      stdin: files?.get(0)?.path ?? null,
      stdout: writable(files?.get(1)),
      stderr: writable(files?.get(2)),
    });
  }
  return marks;
}

/**
 * Variable names by pid from `ps eww -o pid=,command=`, which writes the environment after the arguments.
 * Arguments of the form NAME=value count as variables too; the unique name of a run's tag makes that harmless.
 */
export function parsePsEnvironments(text: string): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, ReadonlySet<string>>();
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(.*)$/.exec(line);
    if (match === null) continue;
    const keys = [...(match[2] ?? '').matchAll(/(?:^|\s)([A-Za-z_][A-Za-z0-9_]*)=/g)].map(([, key]) => key ?? '');
    found.set(Number(match[1]), new Set(keys));
  }
  return found;
}

function writable(file: { readonly path: string; readonly access: string } | undefined): string | null {
  return file === undefined || file.access === 'r' ? null : file.path;
}
