import { expect, test } from 'vitest';
import { collapseFolders } from '../../src/generate/collapse-folders.ts';

const ALL = ['dev', '.devgen/schema.json', '.devgen/runtime/a.cjs', '.devgen/runtime/b.cjs', 'scripts/aliases.sh'];

test('a folder stands for its files when all of them are meant', () => {
  const below = ALL.filter((path) => path.startsWith('.devgen/'));
  expect(collapseFolders(below, ALL)).toEqual(['.devgen/']);
  expect(collapseFolders(below.slice(1), ALL)).toEqual(['.devgen/runtime/']);
  expect(collapseFolders(below.slice(2), ALL)).toEqual(['.devgen/runtime/b.cjs']);
});

test('a file that is alone in its folder stands for itself', () => {
  expect(collapseFolders(['dev', 'scripts/aliases.sh'], ALL)).toEqual(['dev', 'scripts/aliases.sh']);
});
