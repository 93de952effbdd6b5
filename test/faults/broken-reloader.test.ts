import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, projectWithWeb } from './fault-project.ts';

const SERVER = "require('http').createServer((q, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1')";

/** What a start says about code like this under a reloader, and how it ends once the code is mended. */
async function startOver(code: string) {
  const { project, port } = await projectWithWeb('node --watch server.js', {});
  project.write('package.json', '{ "dependencies": { "express": "*" } }');
  project.write('pnpm-lock.yaml', '');
  project.write('server.js', code);
  const starting = project.dev(['start', 'web']);
  await waitUntil(() => project.read('logs/events.ndjson').includes('alive-not-listening'));
  writeFileSync(join(project.root, 'server.js'), SERVER);
  const { code: exitCode, stderr } = await starting;
  await expectCleanStop(project, port);
  return { exitCode, stderr };
}

test('a start over a syntax error names the place, shows the error, and goes on waiting until it is mended', async () => {
  const { exitCode, stderr } = await startOver(`const a = 1\n${SERVER} +`);

  expect(stderr).toContain('alive (pid ');
  expect(stderr).toContain('| SyntaxError: Unexpected end of input');
  expect(stderr).toContain('hint: Mend server.js:');
  expect(exitCode).toBe(0);
});

test('a start without a package says what installs it', async () => {
  const { exitCode, stderr } = await startOver("require('express')");

  expect(stderr).toContain("| Error: Cannot find module 'express'");
  expect(stderr).toContain('hint: `express` is not installed: `pnpm install`.');
  expect(exitCode).toBe(0);
});

test('a start of a server that has a port of its own says where that is written', async () => {
  const taken = await reservePort();
  const stranger = createServer().listen(taken, '127.0.0.1');
  onTestFinished(() => void stranger.close());

  const { exitCode, stderr } = await startOver(`${SERVER.replace('process.env.PORT', String(taken))}`);

  expect(stderr).toContain(`hint: \`web\` ignores $PORT: it wants port ${taken}, which is taken`);
  expect(stderr).toContain('its port is written in server.js:1');
  expect(exitCode).toBe(0);
});

test('the lines of a log that were shown are not shown again when the start fails', async () => {
  const { project } = await projectWithWeb('node --watch server.js', { health: { http: '/', startTimeout: '7s' } });
  project.write('server.js', `${SERVER} +`);

  const { code, stderr } = await project.dev(['start', 'web']);

  expect(code).toBe(1);
  expect(stderr.split('SyntaxError: Unexpected end of input').length - 1).toBe(3);
  expect(stderr).not.toContain('--timeout');
});
