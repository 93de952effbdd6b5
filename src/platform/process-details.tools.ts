import { parseDescriptors } from './lsof-output.ts';
import type { ProcessUsage } from './process-entry.ts';
import { readWindowsProcess } from './process-table.windows.ts';
import { runTool } from './run-tool.ts';

/*
 * Details of one process on macOS (`ps`, `lsof`, `id`) and Windows (PowerShell).
 * Those of macOS are written from the tools' documentation and recorded forms of their output; not run there.
 */

export function commandLineByTool(pid: number): string | undefined {
  if (process.platform === 'win32') return nonEmpty(readWindowsProcess(pid)?.command);
  return nonEmpty(runTool('ps', ['-ww', '-o', 'command=', '-p', String(pid)]));
}

export function executableByTool(pid: number): string | undefined {
  if (process.platform === 'win32') return nonEmpty(readWindowsProcess(pid)?.executable);
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
  if (process.platform === 'win32') return readWindowsProcess(pid)?.usage;
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

function nonEmpty(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}
