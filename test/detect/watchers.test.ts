import { expect, test } from 'vitest';
import { detectIn } from './repository-of.ts';

const IGNORE =
  'nodemon restarts its server for what devgen writes to `logs/`: add "logs/" to `ignore` in its settings.';
const NARROW =
  '`--watch-path=.` restarts its server for each line of its own log: name the folder of the code instead.';

const SETTINGS: readonly (readonly [script: string, settings: object | null, note: string | null])[] = [
  ['nodemon server.js', null, null],
  ['nodemon server.js', { delay: 200 }, IGNORE],
  ['nodemon server.js', { ignore: ['dist/'] }, IGNORE],
  ['nodemon server.js', { ignore: ['logs/*'] }, null],
  ['nodemon server.js', { watch: ['src'] }, null],
  ['node server.js', { delay: 200 }, null],
  ['node --watch-path=. server.js', null, NARROW],
  ['node --watch-path ./ server.js', null, NARROW],
  ['node --watch-path=./src server.js', null, null],
];

test.each(SETTINGS)('of `%s` with nodemon’s settings %j init says: %s', async (script, settings, note) => {
  const { notes } = await detectIn({
    'package.json': JSON.stringify({
      name: 'x',
      scripts: { dev: script },
      ...(settings && { nodemonConfig: settings }),
    }),
    'server.js': 'require("http").createServer().listen(3000)',
  });

  expect(notes).toEqual(note === null ? [] : [note]);
});
