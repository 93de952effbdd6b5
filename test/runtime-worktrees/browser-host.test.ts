import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctLabel } from '../../src/runtime/worktrees/browser-host.ts';

test.each([
  ['feature-x', [], 'feature-x'],
  ['Feature/Überschrift_2', ['main'], 'feature-uberschrift-2'],
  ['a/b', ['a-b'], /^a-b-[0-9a-f]{4}$/],
  ['a-b', ['a/b'], 'a-b'],
  ['日本', [], /^[0-9a-f]{4}$/],
  [`${'x'.repeat(70)}1`, [`${'x'.repeat(70)}2`], /^x{58}-[0-9a-f]{4}$/],
])('the branch %s beside %j', (name, others, label) => {
  expect(distinctLabel(name, others)).toMatch(label instanceof RegExp ? label : new RegExp(`^${label}$`));
});

test('branches of any kind become labels that are valid, and differ', () => {
  const branch = fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' });
  const near = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'A', '/', '-', '_', 'é') });
  const branches = fc.uniqueArray(fc.oneof(branch, near), { maxLength: 6 });
  fc.assert(
    fc.property(branches, (names) => {
      const labels = names.map((name) =>
        distinctLabel(
          name,
          names.filter((other) => other !== name),
        ),
      );
      for (const label of labels) expect(label).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
      expect(new Set(labels).size).toBe(names.length);
    }),
    // Two of 65,536 sums may be the same; that is no matter of this test.
    { numRuns: 300, seed: 7 },
  );
});
