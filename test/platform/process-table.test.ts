import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseDescriptors } from '../../src/platform/lsof-output.ts';
import { readProcLink } from '../../src/platform/proc-file.linux.ts';
import { parsePsUsage } from '../../src/platform/process-details.tools.ts';
import {
  commandLineOf,
  executableOf,
  usageOf,
  userNameOf,
  workingDirectoryOf,
} from '../../src/platform/process-details.ts';
import { parseProcessStat } from '../../src/platform/process-stat.linux.ts';
import { parsePsEnvironments, parsePsTable } from '../../src/platform/process-table.darwin.ts';
import { environmentKeys } from '../../src/platform/process-table.linux.ts';
import { findProcess, readMarksOf, readProcessMarks, readProcessTable } from '../../src/platform/process-table.ts';
import { parseWindowsProcesses } from '../../src/platform/process-table.windows.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { spawnProgram, spawnPython, temporaryFolder } from './spawn-program.ts';

test('the table shows a child with its parent, group, session and user', async () => {
  const program = spawnPython('print("up"); import time; time.sleep(600)');
  await program.next();
  expect(readProcessTable().find(({ pid }) => pid === program.pid)).toEqual({
    pid: program.pid,
    parentPid: process.pid,
    groupId: program.pid,
    sessionId: program.pid,
    userId: process.getuid?.(),
    startTime: expect.any(Number),
    state: 'running',
    name: 'python3',
  });
});

test('a suspended process is stopped', async () => {
  const program = spawnPython('print("up"); import time; time.sleep(600)');
  await program.next();
  process.kill(program.pid, 'SIGSTOP');
  await waitUntil(() => findProcess(program.pid)?.state === 'stopped');
});

test('a name with blanks and parentheses does not shift the fields', () => {
  const fields = ['S', 7, 8, 9, 0, -1, 0, 0, 0, 0, 0, 3, 4, 0, 0, 20, 0, 1, 0, 555, 0].join(' ');
  expect(parseProcessStat(`42 (a) b (c) ${fields}`)).toEqual({
    pid: 42,
    name: 'a) b (c',
    state: 'running',
    parentPid: 7,
    groupId: 8,
    sessionId: 9,
    cpuTicks: 7,
    startTime: 555,
  });
  expect(parseProcessStat('')).toBeUndefined();
  expect(parseProcessStat('42 (a) S 1')).toBeUndefined();
});

test('marks show the environment and the standard descriptors, and an output only when it can be written', async () => {
  const folder = temporaryFolder();
  const log = join(folder, 'out.log');
  const program = spawnProgram('sh', ['-c', 'exec 2>>"$LOG" </dev/null; echo up; exec 1<"$LOG"; exec sleep 600'], {
    DEVGEN_RUN_x: '1',
    LOG: log,
  });
  await program.next();
  await waitUntil(() => commandLineOf(program.pid) === 'sleep 600');
  const marks = readProcessMarks(program.pid);
  expect(marks?.environmentKeys.has('DEVGEN_RUN_x')).toBe(true);
  expect(marks).toMatchObject({ stdin: '/dev/null', stdout: null, stderr: log });
  expect([...readMarksOf([program.pid, 999_999_999]).keys()]).toEqual([program.pid]);
});

test('environment names are read from a block whose values hold anything', () => {
  expect([...environmentKeys('A=1\0B=x=y\0noise\0=C:=x\0D=\nE=2\0')]).toEqual(['A', 'B', 'D']);
  expect([...environmentKeys('')]).toEqual([]);
});

test('details of a process are what it was started with', async () => {
  const program = spawnPython('print("up"); import time; time.sleep(600)');
  await program.next();
  expect(commandLineOf(program.pid)).toBe('/usr/bin/python3 -u -c print("up"); import time; time.sleep(600)');
  expect(workingDirectoryOf(program.pid)).toBe(process.cwd());
  expect(executableOf(program.pid)).toMatch(/^\/usr\/bin\/python3/);
  expect(usageOf(program.pid)?.residentBytes).toBeGreaterThan(1_000_000);
  expect(commandLineOf(999_999_999)).toBeUndefined();
  expect(userNameOf(0)).toBe('root');
  expect(userNameOf(4_000_000)).toBeUndefined();
});

test('a file that was deleted keeps its path', () => {
  const path = join(temporaryFolder(), 'gone.log');
  const descriptor = openSync(path, 'a');
  onTestFinished(() => closeSync(descriptor));
  rmSync(path);
  expect(readProcLink(`/proc/${process.pid}/fd/${descriptor}`)).toBe(path);
});

test('rows of the ps of macOS become entries', () => {
  const text = [
    '    1     0     1     0 Ss   Sat Nov 21 07:43:01 2026     launchd',
    '  812   801   812   501 T+   Sat Nov 21 08:01:09 2026     Google Chrome He',
    '  813   812   812   501 Z    Sun Nov  1 08:01:09 2026     (node)',
    'garbage',
  ].join('\n');
  expect(parsePsTable(text)).toEqual([
    {
      pid: 1,
      parentPid: 0,
      groupId: 1,
      sessionId: 0,
      userId: 0,
      startTime: Date.UTC(2026, 10, 21, 7, 43, 1),
      state: 'running',
      name: 'launchd',
    },
    {
      pid: 812,
      parentPid: 801,
      groupId: 812,
      sessionId: 0,
      userId: 501,
      startTime: Date.UTC(2026, 10, 21, 8, 1, 9),
      state: 'stopped',
      name: 'Google Chrome He',
    },
    {
      pid: 813,
      parentPid: 812,
      groupId: 812,
      sessionId: 0,
      userId: 501,
      startTime: Date.UTC(2026, 10, 1, 8, 1, 9),
      state: 'zombie',
      name: '(node)',
    },
  ]);
});

test('environment names are found behind the command in the ps of macOS', () => {
  const text = '  812 node server.js --x=1 PATH=/usr/bin DEVGEN_RUN_0a=1 HOME=/Users/x\n  813 /bin/sh -c sleep\n';
  const found = parsePsEnvironments(text);
  expect([...(found.get(812) ?? [])]).toEqual(['PATH', 'DEVGEN_RUN_0a', 'HOME']);
  expect([...(found.get(813) ?? [])]).toEqual([]);
});

test('open files are read from the fields of lsof', () => {
  const text = 'p812\nf0\nau\nn/logs/run.fifo\nf1\naw\nn/logs/a b.log\np813\nf2\nar\nn/dev/null\n';
  expect(parseDescriptors(text)).toEqual(
    new Map([
      [
        812,
        new Map([
          [0, { path: '/logs/run.fifo', access: 'u' }],
          [1, { path: '/logs/a b.log', access: 'w' }],
        ]),
      ],
      [813, new Map([[2, { path: '/dev/null', access: 'r' }]])],
    ]),
  );
});

test('rows of PowerShell become processes, and a parent younger than its child counts as none', () => {
  const csv = [
    '"Pid","Parent","Started","Name","Path","Memory","Cpu","Command"',
    '"4","0","0","System","","8192","0",""',
    '"900","4","1700000000000","node.exe","C:\\node.exe","52428800","62500","node ""a b.js"", x"',
    '"901","900","1700000000500","say ""hi"", you.exe","","1","1",""',
    '"902","901","1700000000100","younger-parent.exe","","1","1",""',
    '"903","17","1700000000100","orphan.exe","","1","1",""',
  ].join('\r\n');
  const found = parseWindowsProcesses(csv);
  expect(found.map(({ entry: { pid, parentPid, name } }) => [pid, parentPid, name])).toEqual([
    [4, 0, 'System'],
    [900, 4, 'node.exe'],
    [901, 900, 'say "hi", you.exe'],
    [902, 0, 'younger-parent.exe'],
    [903, 17, 'orphan.exe'],
  ]);
  expect(found[1]).toMatchObject({
    executable: 'C:\\node.exe',
    command: 'node "a b.js", x',
    usage: { residentBytes: 52_428_800, cpuMs: 62_500 },
  });
  expect(parseWindowsProcesses('')).toEqual([]);
});

test('usage is read in the units of each system', () => {
  expect(parsePsUsage(' 51200   1:02.50\n')).toEqual({ residentBytes: 52_428_800, cpuMs: 62_500 });
  expect(parsePsUsage(' 1 2-01:00:00')).toEqual({ residentBytes: 1024, cpuMs: 176_400_000 });
  expect(parsePsUsage('')).toBeUndefined();
});
