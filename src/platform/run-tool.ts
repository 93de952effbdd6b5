/**
 * Standard output of a system tool, waited for; empty when the tool is missing or took longer than 10 s.
 * Exit codes are ignored: `lsof` ends with 1 when only a part of the answer was found.
 * English and UTC, so that the parsers of its output need to know one form only.
 */
export function runTool(file: string, args: readonly string[]): string {
  // Loaded at the first use: its 3 ms would be paid by every command that only reads, and Linux never comes here.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const result = spawnSync(file, [...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
    windowsHide: true,
  });
  return result.stdout ?? '';
}
