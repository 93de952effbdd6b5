import { parseDescriptors } from './lsof-output.ts';
import { parseCsv } from './powershell-output.ts';
import type { ProcessUsage } from './process-entry.ts';
import { runTool } from './run-tool.ts';

/*
 * Details of one process on macOS (`ps`, `lsof`, `id`) and Windows (PowerShell).
 * Written from the tools' documentation and recorded forms of their output; not run on those systems.
 */

export function commandLineByTool(pid: number): string | undefined {
  if (process.platform === 'win32') return nonEmpty(windowsRow(pid)?.CommandLine);
  return nonEmpty(runTool('ps', ['-ww', '-o', 'command=', '-p', String(pid)]));
}

export function executableByTool(pid: number): string | undefined {
  if (process.platform === 'win32') return nonEmpty(windowsRow(pid)?.ExecutablePath);
  return nonEmpty(runTool('ps', ['-ww', '-o', 'comm=', '-p', String(pid)]));
}

/** Windows does not tell. */
export function workingDirectoryByTool(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  const files = parseDescriptors(runTool('lsof', ['-nP', '-a', '-p', String(pid), '-d', 'cwd', '-F', 'pfan'])).get(pid);
  return files?.values().next().value?.path;
}

export function userNameByTool(userId: number): string | undefined {
  return process.platform === 'win32' ? undefined : nonEmpty(runTool('id', ['-un', String(userId)]));
}

export function usageByTool(pid: number): ProcessUsage | undefined {
  if (process.platform === 'win32') return parseWindowsUsage(windowsRow(pid));
  return parsePsUsage(runTool('ps', ['-o', 'rss=,time=', '-p', String(pid)]));
}

/** `rss=,time=`: KiB, then `MM:SS.cc`, `HH:MM:SS` or `D-HH:MM:SS`. Source: ps(1) */
export function parsePsUsage(text: string): ProcessUsage | undefined {
  const match = /^\s*(\d+)\s+(?:(\d+)-)?([\d:.]+)/.exec(text);
  if (match === null) return undefined;
  const seconds = (match[3] ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return {
    residentBytes: Number(match[1]) * 1024,
    cpuMs: Math.round((Number(match[2] ?? 0) * 86_400 + seconds) * 1000),
  };
}

/** Times of Win32_Process count in 100 ns. */
export function parseWindowsUsage(row: Readonly<Record<string, string>> | undefined): ProcessUsage | undefined {
  if (row === undefined) return undefined;
  const cpuTime = Number(row.UserModeTime) + Number(row.KernelModeTime);
  return { residentBytes: Number(row.WorkingSetSize), cpuMs: Math.round(cpuTime / 10_000) };
}

function windowsRow(pid: number): Readonly<Record<string, string>> | undefined {
  const columns = 'CommandLine,ExecutablePath,WorkingSetSize,UserModeTime,KernelModeTime';
  const query = `Get-CimInstance Win32_Process -Filter "ProcessId=${pid}"`;
  const script = `${query} | Select-Object ${columns} | ConvertTo-Csv -NoTypeInformation`;
  return parseCsv(runTool('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]))[0];
}

function nonEmpty(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}
