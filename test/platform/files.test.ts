import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { copyNewFile } from '../../src/platform/copy-new-file.ts';
import { openInBrowser } from '../../src/platform/open-browser.ts';
import { userRuntimeDirectory } from '../../src/platform/runtime-directory.ts';
import { watchPath } from '../../src/platform/watch-path.ts';
import { writeFileAtomic } from '../../src/platform/write-file-atomic.ts';
import { holdsFor } from '../rig/holds-for.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { temporaryFolder } from './spawn-program.ts';

test('a file is replaced whole, with the mode that was asked for, and nothing else stays in its folder', () => {
  const path = join(temporaryFolder(), 'a.json');
  writeFileAtomic(path, 'one');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileAtomic(path, 'two', { mode: 0o755, durable: true });
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(statSync(path).mode & 0o777).toBe(0o755);
  expect(readdirSync(join(path, '..'))).toEqual(['a.json']);
});

test('a link stays a link, and its target is replaced', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'target'), 'old');
  symlinkSync('target', join(folder, 'link'));
  writeFileAtomic(join(folder, 'link'), 'new');
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('new');
});

test('a write that fails leaves neither a temporary file nor a changed one', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'taken'));
  expect(() => writeFileAtomic(join(folder, 'taken'), 'text')).toThrow(/EISDIR/);
  expect(readdirSync(folder)).toEqual(['taken']);
  expect(() => writeFileAtomic(join(folder, 'missing', 'a'), 'text')).toThrow(/ENOENT/);
});

test('a copy is not written through a link that has the name of its temporary file', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'example'), 'copied');
  writeFileSync(join(folder, 'outside'), 'mine');
  symlinkSync('outside', join(folder, `.env.${process.pid}.tmp`));
  copyNewFile(join(folder, 'example'), join(folder, 'env'));
  expect(readFileSync(join(folder, 'env'), 'utf8')).toBe('copied');
  expect(readFileSync(join(folder, 'outside'), 'utf8')).toBe('mine');
});

test('the runtime directory is private, and one that is not ours alone is made so', () => {
  const session = temporaryFolder();
  vi.stubEnv('XDG_RUNTIME_DIR', session);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(userRuntimeDirectory()).toBe(join(session, 'devgen'));
  chmodSync(join(session, 'devgen'), 0o777);
  expect(userRuntimeDirectory()).toBe(join(session, 'devgen'));
  expect(statSync(join(session, 'devgen')).mode & 0o777).toBe(0o700);
});

test('a link or a missing folder in place of the runtime directory is not taken', () => {
  const session = temporaryFolder();
  mkdirSync(join(session, 'elsewhere'));
  symlinkSync('elsewhere', join(session, 'devgen'));
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const given of [session, join(session, 'missing')]) {
    vi.stubEnv('XDG_RUNTIME_DIR', given);
    expect(userRuntimeDirectory()).not.toContain(session);
  }
});

test('changes, replacement, removal and appearance of a file are all noticed', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'watched');
  let changes = 0;
  const watch = watchPath(path, () => {
    changes++;
  });
  onTestFinished(() => watch.close());
  const steps = [
    () => writeFileSync(path, 'appears'),
    () => writeFileSync(path, 'changes', { flag: 'a' }),
    () => {
      writeFileSync(join(folder, 'other'), 'replaces');
      renameSync(join(folder, 'other'), path);
    },
    () => writeFileSync(path, 'changes again', { flag: 'a' }),
  ];
  for (const step of steps) {
    const before = changes;
    step();
    await waitUntil(() => changes > before);
    await settled(() => changes);
  }
});

/** Notices of one change may come in several. */
async function settled(read: () => number): Promise<void> {
  for (let before = -1; before !== read(); ) {
    before = read();
    await systemClock.delay(600);
  }
}

test('a wait ends at once when it is aborted, and what is cancelled never happens', async () => {
  const controller = new AbortController();
  const waiting = systemClock.delay(60_000, controller.signal);
  controller.abort();
  await waiting;
  await systemClock.delay(60_000, controller.signal);
  let hasHappened = false;
  systemClock
    .schedule(1, () => {
      hasHappened = true;
    })
    .cancel();
  await holdsFor(20, () => !hasHappened);
});

test('only web pages are opened', async () => {
  await expect(openInBrowser('file:///etc/passwd')).rejects.toThrow('not a web page');
});
