import { expect, test } from 'vitest';
import { shellLines } from '../../src/detect/source/shell-lines.ts';

test('lines that go on are joined, but a comment that ends in a backslash is over with its line', () => {
  const code = 'set -e\n# either \\\nnpm install \\\n  --force\n  # or \\\n  make all\n\n';
  expect(shellLines(code)).toEqual(['set -e', 'npm install    --force', '  make all']);
});
