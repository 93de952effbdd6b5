import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/generate/engine/unified-diff.ts';
import { userEnvironment } from '../rig/environment.ts';
import { run } from '../rig/run.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { hasTool } from '../rig/tools.ts';

test('changes stand in hunks with three lines around them', () => {
  const from = Array.from({ length: 12 }, (_, index) => `${index + 1}\n`);
  const to = [...from.slice(0, 4), 'five\n', ...from.slice(5), 'end\n'];
  expect(unifiedDiff('dev', from.join(''), to.join(''))).toBe(
    '--- dev\n+++ dev (generated)\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -10,3 +10,4 @@\n 10\n 11\n 12\n+end\n',
  );
});

test('equal texts have no difference, and carriage returns alone are none', () => {
  expect(unifiedDiff('a', 'x\ny\n', 'x\r\ny\r\n')).toBe('');
});

test.skipIf(!hasTool('patch'))('patch(1) makes one text of the other with it', async () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 30 }).map((lines) => lines.join(''));
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(text, text, async (from, to) => {
      fc.pre(from !== to && from !== '' && to !== '');
      writeFileSync(join(folder, 'f'), from);
      const input = unifiedDiff('f', from, to);
      const patched = await run('patch', ['-s', '-o', '-', 'f'], {
        cwd: folder,
        environment: userEnvironment(),
        input,
      });
      expect(patched.stdout).toBe(to);
    }),
    { numRuns: 40 },
  );
});

test('texts too long to compare line by line are shown as replaced', () => {
  const long = (word: string) => Array.from({ length: 3000 }, (_, index) => `${word}${index}\n`).join('');
  expect(unifiedDiff('a', long('x'), long('y')).split('\n')[2]).toBe('@@ -1,3000 +1,3000 @@');
});
