import { expect, test } from 'vitest';
import { upwards } from '../../src/platform/upwards.ts';

test.each([
  ['/a/b/c', '/a', ['/a/b/c', '/a/b', '/a']],
  ['/a', '/a', ['/a']],
  ['/a-b/c', '/a', ['/a-b/c']],
  ['/a/b', '/', ['/a/b', '/a', '/']],
])('above %s, up to %s', (folder, root, all) => expect(upwards(folder, root)).toEqual(all));
