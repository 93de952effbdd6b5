import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../rig/run.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { hasTool } from '../rig/tools.ts';
import { dollars, EVERYTHING, exported, fileOf, type Sample } from './export-fixture.ts';
import { expectArrival, oddSample, perform } from './odd-service.ts';

test('everything about a service is carried over', () => {
  const { processes } = parse(fileOf(exported('process-compose', EVERYTHING), 'process-compose.yaml'));
  expect(processes.backend).toMatchObject({
    working_dir: 'backend',
    availability: { restart: 'on_failure', backoff_seconds: 2, max_restarts: 3 },
    readiness_probe: { period_seconds: 5, timeout_seconds: 2, failure_threshold: 6 },
    shutdown: { signal: 2, timeout_seconds: 15 },
  });
  expect(processes.frontend.depends_on).toEqual({ backend: { condition: 'process_healthy' } });
});

test('a process hands every odd value to its service', () => {
  const root = temporaryFolder();
  const text = fileOf(exported('process-compose', oddSample(root)), 'process-compose.yaml');
  // process-compose does this before it reads the file; a dollar sign alone would be a variable.
  expect(text.replaceAll('$$', '')).not.toContain('$');
  const { command, environment, working_dir } = parse(text.replaceAll('$$', '$'), { version: '1.1' }).processes.odd;
  const variables = environment.map((line: string) => /^(\w+)=([\s\S]*)$/.exec(line)?.slice(1) ?? []);
  perform(['/bin/bash', '-c', command], Object.fromEntries(variables), join(root, working_dir));
  expectArrival(root);
});

describe.skipIf(!hasTool('process-compose'))('process-compose (needs the program)', () => {
  test('runs the process, and hands every odd value to its service', async () => {
    const root = temporaryFolder();
    await up(root, fileOf(exported('process-compose', oddSample(root)), 'process-compose.yaml'));
    expectArrival(root);
  });

  test('waits for what a process depends on, and knows every key', async () => {
    const root = temporaryFolder();
    const services: Sample['services'] = {
      first: {
        command: 'sleep 1.2; touch ready; sleep 2',
        health: { command: 'test -e ready', period: 1000 },
        restart: 'never',
      },
      second: { command: 'test -e ready && touch after', dependsOn: ['first'], restart: 'never' },
      third: { command: dollars('§SHELL -c "test -e after" || exit 0'), restart: 'never', stop: { signal: 'SIGINT' } },
    };
    const { stdout, stderr } = await up(
      root,
      fileOf(exported('process-compose', { services }), 'process-compose.yaml'),
    );
    expect(stdout + stderr).not.toMatch(/unknown key/);
    expect(await run('ls', [], { cwd: root, environment: {} })).toMatchObject({ stdout: 'after\ndeploy\nready\n' });
  });
});

async function up(root: string, text: string) {
  mkdirSync(join(root, 'deploy'));
  writeFileSync(join(root, 'deploy/process-compose.yaml'), text);
  const words = ['up', '-f', 'deploy/process-compose.yaml', '-t=false', '--no-server', '-L', join(root, 'deploy/log')];
  return run('process-compose', words, {
    cwd: root,
    environment: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: root },
  });
}
