import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { copyRuntime } from '../rig/copy-runtime.ts';
import { repository } from '../rig/project.ts';
import type { Finished } from '../rig/run.ts';
import { runFolder } from '../rig/run-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';
import type { WindowsMachine, WindowsProcess } from './machine.ts';

export interface WindowsProject {
  readonly root: string;
  readonly machine: WindowsMachine;
  /** `dev.cmd`, as typed in its folder. */
  dev(words: readonly string[]): Promise<Finished>;
  read(path: string): string;
  write(path: string, text: string): void;
  json(path: string): Record<string, unknown>;
  /** Of its services: all but supervisors. */
  serviceProcesses(): Promise<readonly WindowsProcess[]>;
  end(process: { readonly pid: number }): Promise<void>;
}

/** Where Wine's `cmd` ends instead of going on with what follows on the line; Windows has it as npm's own programs do. */
const JUMP = 'endlocal & goto #_undefined_# 2>nul || title %COMSPEC% & node';

/** A project whose folder has every character that `cmd` knows how to misread and Wine does not misread itself. */
export function createWindowsProject(machine: WindowsMachine, files: Readonly<Record<string, string>>): WindowsProject {
  const root = join(mkdtempSync(join(runFolder(), 'test-')), 'Grüße & ^x! (1)');
  mkdirSync(root);
  copyRuntime(root);
  const launcher = readFileSync(join(repository, 'templates/dev.cmd'), 'utf8');
  expect(launcher).toContain(JUMP);
  const all = { 'dev.cmd': launcher.replace(JUMP, 'node').replace(/\r?\n/g, '\r\n'), ...files };
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    rmSync(join(root, path), { force: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(all)) write(path, text);
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  return {
    root,
    machine,
    dev: (words) => machine.run(['cmd.exe', '/d', '/c', 'dev.cmd', ...words], { cwd: root }),
    read,
    write,
    json: (path) => JSON.parse(read(path)) as Record<string, unknown>,
    serviceProcesses: async () => {
      const all = await machine.processes();
      const supervisors = new Set(
        all.filter(({ command }) => command.includes('supervisor.cjs')).map(({ pid }) => pid),
      );
      return all.filter(({ pid }) => !supervisors.has(pid));
    },
    end: async ({ pid }) => {
      await machine.run(['taskkill.exe', '/F', '/PID', String(pid)], { cwd: root });
      await waitUntil(async () => (await machine.processes()).every((each) => each.pid !== pid));
    },
  };
}
