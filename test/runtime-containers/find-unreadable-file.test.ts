import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findUnreadableFile } from '../../src/runtime/containers/find-unreadable-file.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

/** A folder with these files; one without a text is a pipe. */
function folderWith(files: Readonly<Record<string, string | null>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (text === null) execFileSync('mkfifo', [join(folder, name)]);
    else writeFileSync(join(folder, name), text);
  }
  return folder;
}

const env = (written: string): string =>
  `services:\n  db:\n    image: db\n    env_file: ${written}\n    ports: ["80"]\n`;

test.each([
  ['the file that compose finds', { 'docker-compose.yml': null }, [], 'docker-compose.yml'],
  ['one that it finds above', { 'compose.yaml': null, 'api/x': '' }, [], 'compose.yaml', 'api'],
  ['the override beside it', { 'compose.yaml': '', 'compose.override.yml': null }, [], 'compose.override.yml'],
  ['a file that is named', { 'ops/dev.yml': null }, ['ops/dev.yml'], 'ops/dev.yml'],
  ['one that is included', { 'compose.yaml': 'include:\n  - path: more.yml\n', 'more.yml': null }, [], 'more.yml'],
  ['an env file', { 'compose.yaml': env('./a.env'), 'a.env': null }, [], 'a.env'],
  ['one of a list', { 'compose.yaml': env('[a.env, "b.env"]'), 'a.env': '', 'b.env': null }, [], 'b.env'],
  [
    'one of a long list',
    { 'compose.yaml': env('\n    - path: a.env\n      required: false'), 'a.env': null },
    [],
    'a.env',
  ],
  ['`.env` beside the file', { 'ops/dev.yml': '', 'ops/.env': null }, ['ops/dev.yml'], 'ops/.env'],
] as const)(
  '%s, when it is a pipe, is found before compose waits for it',
  (_, files, named, found, cwd: string = '.') => {
    const folder = folderWith(files);
    expect(findUnreadableFile({ files: named }, join(folder, cwd))).toMatchObject({ path: join(folder, found) });
  },
);

test('what compose does not read for itself may be anything, and what is not there compose tells', () => {
  const text = `${env('gone.env')}    volumes: [./pipe:/pipe]\n`;
  const folder = folderWith({ 'compose.yaml': text, pipe: null, 'other.env': null });
  expect(findUnreadableFile({ files: [] }, folder)).toBeNull();
  expect(findUnreadableFile({ files: ['gone.yml'] }, folder)).toBeNull();
});
