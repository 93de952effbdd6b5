import { expect, test } from 'vitest';
import { layersOf } from '../../src/ui/services/layers-of.ts';

const calls = (from: string, to: string) => ({ kind: 'calls' as const, from, to });

test('a service stands left of those it calls, and right of those that call it', () => {
  expect(layersOf(['api', 'web', 'db'], [calls('web', 'api'), calls('api', 'db')])).toEqual([['web'], ['api'], ['db']]);
});

test('what admits another one is called by it', () => {
  const admits = { kind: 'admits' as const, from: 'api', to: 'web' };
  expect(layersOf(['api', 'web'], [admits])).toEqual([['web'], ['api']]);
});

test('services that call each other have each a place', () => {
  const edges = [calls('a', 'b'), calls('b', 'c'), calls('c', 'a'), calls('d', 'd')];
  expect(layersOf(['a', 'b', 'c', 'd'], edges).flat().sort()).toEqual(['a', 'b', 'c', 'd']);
});
