import { expect, test } from 'vitest';
import { runs } from '../../src/runtime/ports/resembled-service.ts';

test.each([
  ['node server.js', 'node server.js --port $PORT'],
  ['/usr/bin/node --watch /srv/shop/api/server.js', 'node server.js'],
  [
    '/usr/bin/python3 .venv/bin/uvicorn main:app --reload --port 8000',
    '.venv/bin/uvicorn main:app --host 0.0.0.0 --port $PORT',
  ],
  ['npm run dev', 'PORT=$PORT npm run dev -- --port $PORT --strictPort'],
  ['node programs/server.mjs --port 5000 --name api', "node 'programs/server.mjs' --name api"],
])('`%s` is taken for a start of `%s`', (line, command) => {
  expect(runs(line, command)).toBe(true);
});

test.each([
  ['node other.js', 'node server.js'],
  ['python3 -m http.server 8000', 'python3 -m uvicorn main:app'],
  ['npm run build', 'npm run dev'],
  ['node programs/server.mjs --name web', 'node programs/server.mjs --name api'],
  ['bash', '$SERVER --port $PORT'],
])('`%s` is not taken for a start of `%s`', (line, command) => {
  expect(runs(line, command)).toBe(false);
});
