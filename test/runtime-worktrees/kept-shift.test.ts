import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { holdPlace } from '../../src/platform/hold-place.ts';
import { noteClone } from '../../src/runtime/worktrees/clones.ts';
import { keepShift, type ShiftChoice, shiftOf } from '../../src/runtime/worktrees/kept-shift.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const ANY = ({ before, others }: ShiftChoice): number => before ?? Math.max(0, ...others) + 10;

test('twenty worktrees have ports each in the order of their first start, and keep them', () => {
  const repository = createRepository();
  const worktrees = Array.from({ length: 20 }, (_, index) => repository.add(`wt ${index}`));
  expect(worktrees.map(shiftOf)).toEqual(worktrees.map(() => null));
  const shuffled = [...worktrees.slice(7), ...worktrees.slice(0, 7)].reverse();
  expect(shuffled.map((root) => keepShift(root, ANY))).toEqual(shuffled.map((_, index) => 10 * (index + 1)));
  expect(worktrees.map((root) => keepShift(root, never))).toEqual(worktrees.map(shiftOf));
  expect([shiftOf(repository.main), keepShift(repository.main, never)]).toEqual([0, 0]);
});

test('the ports of a worktree that is gone are another one’s to choose', () => {
  const { add } = createRepository();
  const [one, two] = [add('one'), add('two')];
  for (const root of [one, two]) keepShift(root, ANY);
  rmSync(one, { recursive: true });
  const choices: ShiftChoice[] = [];
  keepShift(add('three'), (choice) => {
    choices.push(choice);
    return 10;
  });
  expect(choices).toEqual([{ before: null, others: [0, 20] }]);
});

test('a worktree without its link is gone though its folder is there; a repository without `.git` is not', () => {
  const { main, add } = createRepository();
  const linked = add('linked');
  const [ofLinked, ofMain] = [holdPlace(linked), holdPlace(main)];
  expect([ofLinked(), ofMain()]).toEqual(['here', 'here']);
  for (const root of [linked, main]) rmSync(join(root, '.git'), { recursive: true });
  expect([ofLinked(), ofMain()]).toEqual(['gone', 'here']);
});

test('ports go with a worktree that is moved, and not into a copy; `git clean` does not take them', () => {
  const { add, repoint } = createRepository();
  const two = add('two');
  expect(keepShift(two, () => 20)).toBe(20);
  const copy = `${two} copy`;
  cpSync(two, copy, { recursive: true });
  expect([shiftOf(copy), keepShift(copy, () => 40)]).toEqual([null, 40]);
  for (const name of readdirSync(two)) if (name !== '.git') rmSync(join(two, name), { recursive: true });
  expect(shiftOf(two)).toBe(20);
  rmSync(copy, { recursive: true });
  const moved = `${two} moved`;
  renameSync(two, moved);
  repoint('two', moved);
  expect([shiftOf(moved), keepShift(moved, ANY), shiftOf(moved)]).toEqual([null, 20, 20]);
});

test('a bare repository has no main worktree', () => {
  const { add } = createRepository('[core]\n\tbare = true\n');
  expect(keepShift(add('one'), ({ others }) => others.length)).toBe(0);
});

test('a project in a folder of its repository has ports of its own, and one without git has the main one’s', () => {
  const { add } = createRepository();
  const [one, two] = [add('one'), add('two')];
  expect([keepShift(one, ANY), keepShift(join(two, 'packages/shop'), ANY)]).toEqual([10, 10]);
  expect([shiftOf(two), shiftOf(temporaryFolder())]).toEqual([null, 0]);
});

describe('clones', () => {
  beforeEach(() => {
    vi.stubEnv('XDG_RUNTIME_DIR', temporaryFolder());
    return () => vi.unstubAllEnvs();
  });

  const cloneOf = (url: string) => createRepository(`[remote "origin"]\n\turl = ${url}\n`);
  const start = (root: string): number => {
    noteClone(root);
    return shiftOf(root) ?? keepShift(root, leastFree);
  };

  test('of one place have ports each in the order of their first start, their worktrees others, and keep them', () => {
    const one = cloneOf('https://user:word@git.example/team/shop.git');
    const two = cloneOf('git@git.example:team/shop');
    const other = cloneOf('git@git.example:team/site');
    expect([one, two, other].map(({ main }) => start(main))).toEqual([0, 10, 0]);
    expect(start(two.add('feature'))).toBe(20);
    expect(start(one.add('feature'))).toBe(30);
    expect([two, one].map(({ main }) => start(main))).toEqual([10, 0]);
    vi.stubEnv('XDG_RUNTIME_DIR', temporaryFolder());
    expect(
      [two, one].map(({ main }) => start(main)),
      'after a boot',
    ).toEqual([10, 0]);
  });

  test('give their ports back with their folder', () => {
    const [one, two] = [cloneOf('/srv/shop.git'), cloneOf('/srv/shop.git')];
    for (const { main } of [one, two]) start(main);
    rmSync(one.main, { recursive: true });
    expect(start(cloneOf('/srv/shop').main)).toBe(0);
  });
});

/** The least multiple of ten that no other has. */
function leastFree({ others }: ShiftChoice): number {
  let shift = 0;
  while (others.includes(shift)) shift += 10;
  return shift;
}

function never(): number {
  throw new Error('it has ports');
}

/** As git lays them out. Source: gitrepository-layout(5) */
function createRepository(config = '') {
  const folder = temporaryFolder();
  const main = join(folder, 'main');
  const shared = join(main, '.git');
  const write = (path: string, text: string) => writeFileSync(path, text);
  mkdirSync(join(shared, 'worktrees'), { recursive: true });
  write(join(shared, 'config'), config);
  const repoint = (name: string, root: string) => write(join(shared, 'worktrees', name, 'gitdir'), `${root}/.git\n`);
  const add = (name: string): string => {
    const root = join(folder, name);
    const own = join(shared, 'worktrees', name);
    for (const each of [root, own]) mkdirSync(each, { recursive: true });
    write(join(own, 'commondir'), '../..\n');
    write(join(root, '.git'), `gitdir: ${own}\n`);
    repoint(name, root);
    return root;
  };
  return { main, add, repoint };
}
