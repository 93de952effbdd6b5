import { ownUserId } from './own-user.ts';
import { perTick } from './per-tick.ts';
import { parseCsv } from './powershell-output.ts';
import type { ProcessEntry, ProcessUsage } from './process-entry.ts';
import { runTool } from './run-tool.ts';

/** A process as PowerShell tells of it. */
export interface WindowsProcess {
  readonly entry: ProcessEntry;
  /** Empty where Windows does not tell, as of other users. */
  readonly executable: string;
  readonly command: string;
  readonly usage: ProcessUsage;
}

/** One line of CSV for each process: no line ends within. Times of Win32_Process count in 100 ns. */
const SCRIPT = [
  'try { [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false) } catch {}',
  'Get-CimInstance Win32_Process -Property ProcessId,ParentProcessId,CreationDate,Name,ExecutablePath,WorkingSetSize,' +
    'KernelModeTime,UserModeTime,CommandLine | ForEach-Object { [pscustomobject]@{ ' +
    'Pid=$_.ProcessId; Parent=$_.ParentProcessId; ' +
    'Started=if($_.CreationDate){[DateTimeOffset]::new($_.CreationDate).ToUnixTimeMilliseconds()}else{0}; ' +
    'Name=$_.Name; Path=$_.ExecutablePath; Memory=$_.WorkingSetSize; ' +
    "Cpu=[long](($_.KernelModeTime+$_.UserModeTime)/10000); Command=($_.CommandLine -replace '[\\r\\n]+',' ') " +
    '} } | ConvertTo-Csv -NoTypeInformation',
].join('; ');

/** Every process, at the price of one PowerShell (300 to 500 ms): asked once a turn, for all that is to be known. */
export const readWindowsProcesses: () => readonly WindowsProcess[] = perTick(() =>
  parseWindowsProcesses(runTool('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', SCRIPT])),
);

/** `undefined`: no such process. */
export function readWindowsProcess(pid: number): WindowsProcess | undefined {
  return readWindowsProcesses().find(({ entry }) => entry.pid === pid);
}

/**
 * Rows of the CSV. Windows knows neither groups nor zombies, and never clears a parent's pid: it may name a process
 * that has ended, which stays as it is, or a later one; a parent younger than its child counts as none (0).
 */
export function parseWindowsProcesses(csv: string): readonly WindowsProcess[] {
  const rows = parseCsv(csv);
  const startOf = new Map(rows.map((row) => [Number(row.Pid), Number(row.Started)]));
  return rows.map((row) => {
    const startTime = Number(row.Started);
    const parentPid = Number(row.Parent);
    return {
      entry: {
        pid: Number(row.Pid),
        parentPid: (startOf.get(parentPid) ?? startTime) <= startTime ? parentPid : 0,
        groupId: 0,
        sessionId: 0,
        userId: ownUserId(),
        startTime,
        state: 'running',
        name: row.Name ?? '',
      },
      executable: row.Path ?? '',
      command: row.Command ?? '',
      usage: { residentBytes: Number(row.Memory), cpuMs: Number(row.Cpu) },
    };
  });
}
