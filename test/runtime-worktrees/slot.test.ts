import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdPlace } from '../../src/platform/hold-place.ts';
import { slotOf, takeSlot } from '../../src/runtime/worktrees/slot.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const ANY = () => true;

test('twenty worktrees have a slot each in the order of their first start, and keep it', () => {
  const repository = createRepository();
  const worktrees = Array.from({ length: 20 }, (_, index) => repository.add(`wt ${index}`));
  expect(worktrees.map(slotOf)).toEqual(worktrees.map(() => null));
  const shuffled = [...worktrees.slice(7), ...worktrees.slice(0, 7)].reverse();
  expect(shuffled.map((root) => takeSlot(root, ANY))).toEqual(shuffled.map((_, index) => index + 1));
  expect(worktrees.map((root) => takeSlot(root, ANY))).toEqual(worktrees.map(slotOf));
  expect(new Set(worktrees.map(slotOf)).size).toBe(20);
  expect([slotOf(repository.main), takeSlot(repository.main, ANY)]).toEqual([0, 0]);
});

test('the slot of a worktree that is gone is given to the next one', () => {
  const { add } = createRepository();
  const [one, two] = [add('one'), add('two')];
  expect([takeSlot(one, ANY), takeSlot(two, ANY)]).toEqual([1, 2]);
  rmSync(one, { recursive: true });
  expect(takeSlot(add('three'), ANY)).toBe(1);
});

test('a worktree without its link is gone though its folder is there; a repository without `.git` is not', () => {
  const { main, add } = createRepository();
  const linked = add('linked');
  const [ofLinked, ofMain] = [holdPlace(linked), holdPlace(main)];
  expect([ofLinked(), ofMain()]).toEqual(['here', 'here']);
  for (const root of [linked, main]) rmSync(join(root, '.git'), { recursive: true });
  expect([ofLinked(), ofMain()]).toEqual(['gone', 'here']);
});

test('a slot goes with a worktree that is moved, and not into a copy', () => {
  const { add, repoint } = createRepository();
  const [one, two, three] = [add('one'), add('two'), add('three')];
  expect([takeSlot(one, ANY), takeSlot(two, ANY)]).toEqual([1, 2]);
  cpSync(join(two, 'logs'), join(three, 'logs'), { recursive: true });
  expect([slotOf(three), takeSlot(three, ANY)]).toEqual([null, 3]);
  const moved = `${two} moved`;
  renameSync(two, moved);
  repoint('two', moved);
  expect([slotOf(moved), takeSlot(moved, ANY)]).toEqual([null, 2]);
});

test('slots whose ports cannot be used are passed over; a bare repository has no main worktree', () => {
  const { add } = createRepository('[core]\n\tbare = true\n');
  expect([takeSlot(add('one'), ANY), takeSlot(add('two'), (slot) => slot !== 1)]).toEqual([0, 2]);
});

test('a project in a folder of its repository has slots of its own, and one without git has the main one', () => {
  const { add } = createRepository();
  const [one, two] = [add('one'), add('two')];
  expect([takeSlot(one, ANY), takeSlot(join(two, 'packages/shop'), ANY)]).toEqual([1, 1]);
  expect(slotOf(temporaryFolder())).toBe(0);
});

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
