import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { expectCleanStop, projectWith, start } from './fault-project.ts';

const COMMANDS = [
  ...[['status'], ['status', '--all', '--json'], ['start'], ['up', '-d'], ['stop'], ['restart'], ['kill'], ['logs']],
  ...[['errors'], ['health'], ['doctor'], ['port', '1'], ['env'], ['url'], ['clean'], ['clean', '--all']],
  ['nuke', '--yes'],
];

test.each(['logs', 'logs/.devgen', 'logs/.devgen/runs', 'logs/.devgen/status'])(
  '%s as a link out of the project is refused by every command, which touches nothing behind it',
  async (link) => {
    const project = await projectWith({ web: server('web', await reservePort()) });
    const outside = join(dirname(project.root), 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'web.log'), 'not ours\n');
    rmSync(join(project.root, link), { recursive: true, force: true });
    mkdirSync(dirname(join(project.root, link)), { recursive: true });
    symlinkSync(outside, join(project.root, link));

    for (const words of COMMANDS) {
      const answered = await project.dev(words, { limitMs: 15_000 });
      expect(answered.code, words.join(' ')).toBe(1);
      expect(answered.stdout + answered.stderr, words.join(' ')).toContain(
        `\`${link}\` is a link that leads out of the project`,
      );
    }
    expect(readdirSync(outside)).toEqual(['web.log']);
    expect(readFileSync(join(outside, 'web.log'), 'utf8')).toBe('not ours\n');
  },
  60_000,
);

test('logs as a link inside of the project is used', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  mkdirSync(join(project.root, 'logs'), { recursive: true });
  renameSync(join(project.root, 'logs'), join(project.root, 'elsewhere'));
  symlinkSync('elsewhere', join(project.root, 'logs'));

  await start(project);
  expect(readdirSync(join(project.root, 'elsewhere'))).toContain('web.log');
  await expectCleanStop(project, port);
});

test('a link in place of a log or of a file of ours is neither written through nor read', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  const outside = join(dirname(project.root), 'outside');
  mkdirSync(outside);
  mkdirSync(join(project.root, 'logs/.devgen'), { recursive: true });
  mkdirSync(join(project.root, 'logs/.devgen/status'));
  for (const name of [
    'web.log',
    'web_status.json',
    '.devgen/status/web.json',
    'web.pid',
    'events.ndjson',
    '.devgen/plan.json',
  ]) {
    const target = join(outside, name.replaceAll('/', '-'));
    writeFileSync(target, 'not ours\n');
    rmSync(join(project.root, 'logs', name), { force: true });
    symlinkSync(target, join(project.root, 'logs', name));
  }

  const started = await project.dev(['start']);
  expect(started.code).toBe(1);
  expect(started.stderr).toContain('ELOOP');
  expect((await project.dev(['logs'])).stderr).toBe(
    'error: `logs/web.log` is a link, not a log\n  hint: Move it away: what `web` writes belongs there.\n',
  );
  expect((await project.dev(['status', '--all'])).stdout).not.toContain('not ours');
  await project.dev(['clean', '--all']);
  for (const name of readdirSync(outside)) {
    expect(readFileSync(join(outside, name), 'utf8'), name).toBe('not ours\n');
  }
  expect(existsSync(join(project.root, 'logs/web.log'))).toBe(false);
  await start(project);
  await expectCleanStop(project, port);
});
