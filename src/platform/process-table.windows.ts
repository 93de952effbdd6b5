import { ownUserId } from './own-user.ts';
import { perTick } from './per-tick.ts';
import { parseCsv } from './powershell-output.ts';
import type { ProcessEntry } from './process-entry.ts';
import { runTool } from './run-tool.ts';

const SCRIPT =
  'Get-CimInstance Win32_Process | ForEach-Object { [pscustomobject]@{ Pid=$_.ProcessId; Parent=$_.ParentProcessId; ' +
  'Started=if($_.CreationDate){[DateTimeOffset]::new($_.CreationDate).ToUnixTimeMilliseconds()}else{0}; ' +
  'Name=$_.Name } } | ConvertTo-Csv -NoTypeInformation';

/**
 * The process table of Windows, through PowerShell (about half a second, so asked once a turn).
 * Windows knows neither groups nor zombies. Written from its documentation; it has not been run there.
 */
export const readWindowsTable: () => readonly ProcessEntry[] = perTick(() =>
  parseWindowsTable(runTool('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', SCRIPT])),
);

/**
 * Rows of the CSV with Pid, Parent, Started, Name. Windows never clears a parent's pid, so it may name a later process:
 * a parent younger than its child counts as none (0).
 */
export function parseWindowsTable(csv: string): readonly ProcessEntry[] {
  const rows = parseCsv(csv);
  const startOf = new Map(rows.map((row) => [Number(row.Pid), Number(row.Started)]));
  return rows.map((row) => {
    const startTime = Number(row.Started);
    const parentPid = Number(row.Parent);
    const parentStart = startOf.get(parentPid);
    return {
      pid: Number(row.Pid),
      parentPid: parentStart !== undefined && parentStart <= startTime ? parentPid : 0,
      groupId: 0,
      sessionId: 0,
      userId: ownUserId(),
      startTime,
      state: 'running',
      name: row.Name ?? '',
    };
  });
}
