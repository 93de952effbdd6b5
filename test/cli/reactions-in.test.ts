import { expect, test } from 'vitest';
import { reactionsIn } from '../../src/cli/errors/reactions-in.ts';

test('a reloader that takes a change up is told from the traceback of the worker before it', () => {
  const lines = [
    '127.0.0.1 - - "GET / HTTP/1.1" 200 -',
    'Traceback (most recent call last):',
    "KeyError: 'name'",
    " * Detected change in '/repo/app.py', reloading",
    ' * Restarting with stat',
    ' * Debugger is active!',
    "Restarting 'server.mjs'",
    '[vite] hmr update /src/main.js',
  ];
  const placed = lines.map((text, at) => ({ text, at, order: at }));
  expect(reactionsIn(placed).map(({ order }) => order)).toEqual([3, 4, 6, 7]);
});
