import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { DURATION } from '../rig/duration.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('history tells what happened and why, metrics what was measured, and status why something was restarted', async () => {
  const port = await reservePort();
  const project = await createProject({ files: configFile({ backend: server('backend', port) }), generated: true });
  const json = async (...words: string[]) => JSON.parse((await project.dev([...words, '--json'])).stdout);
  expect(await project.dev(['history'])).toMatchObject({ code: 0, stdout: 'nothing has happened\n' });
  expect((await project.dev(['metrics'])).stdout).toMatch(/^backend\n {2}state +down\n {2}restarts +none\n/);
  await project.dev(['start']);
  const first = project.status('backend').pid ?? 0;
  killQuietly(first);
  await waitUntil(() => project.status('backend').state === 'ready' && project.status('backend').pid !== first);

  expect((await project.dev(['status'])).stdout).toMatch(
    new RegExp(`restarted once, ${DURATION} ago: ended by signal SIGKILL after`),
  );
  await project.dev(['stop']);

  const { stdout } = await project.dev(['history', 'backend']);
  const told = stdout.split('\n').map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}backend {2}/, ''));
  expect(told).toEqual([
    expect.stringMatching(/^asked to start by `\.\/dev start` \(pid \d+, from `.+`\)$/),
    expect.stringMatching(/^starting `node /),
    expect.stringMatching(/^ready at http:\/\/localhost:\d+ /),
    `crashed: pid ${first} ended by signal SIGKILL`,
    'restarting at once (restart 1 of at most 5)',
    expect.stringMatching(/^starting `node /),
    expect.stringMatching(/^ready at/),
    expect.stringMatching(/^asked to stop by `\.\/dev stop` /),
    expect.stringMatching(/^stopping: SIGTERM/),
    expect.stringMatching(/^stopped \(/),
    '',
  ]);
  expect(await json('history', '--lines', '2')).toMatchObject({
    events: [{ kind: 'stopping', service: 'backend' }, { kind: 'stopped' }],
    earlier: 8,
  });
  expect(await json('history', '--since', '2000-01-01')).toMatchObject({ earlier: 0 });
  expect(await project.dev(['history', '--lines', '0'])).toMatchObject({
    stdout: '',
    stderr: '10 earlier events are left out; `--lines` shows more\n',
  });

  expect(await json('metrics')).toMatchObject({
    schemaVersion: 1,
    project: 'test',
    systemUptimeMs: expect.any(Number),
    services: [
      {
        service: 'backend',
        state: 'down',
        uptimeMs: null,
        availability: { wantedMs: expect.any(Number), readyMs: expect.any(Number), share: expect.any(Number) },
        restarts: [{ because: { kind: 'exit', exit: { code: null, signal: 'SIGKILL' } } }],
        startups: [{ startupMs: expect.any(Number) }, { startupMs: expect.any(Number) }],
        responses: { p50: expect.any(Number), p99: expect.any(Number), grades: { critical: expect.any(Number) } },
      },
    ],
  });
  const report = (await project.dev(['metrics'])).stdout;
  expect(report).toMatch(new RegExp(`^ {2}restarts +1, last ${DURATION} ago: ended by signal SIGKILL$`, 'm'));
  const quantiles = ['p50', 'p95', 'p99'].map((name) => `${name} ${DURATION}`).join(', ');
  expect(report).toMatch(new RegExp(`^ {2}response +${quantiles} of \\d+ probes?(, \\d+ failed)?$`, 'm'));
  const scraped = (await project.dev(['metrics', '--prometheus'])).stdout.trim().split('\n');
  const sample = /^devgen_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+$/;
  expect(scraped.filter((line) => !/^# (HELP|TYPE) devgen_[a-z_]+ ./.test(line) && !sample.test(line))).toEqual([]);
  expect(scraped).toContain('devgen_recent_restarts{project="test",service="backend"} 1');
});

test('a service or a time that there is not is refused', async () => {
  const project = await createProject({ files: configFile({ backend: server('backend', 1) }), generated: true });
  expect(await project.dev(['history', 'bakend'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Did you mean `backend`?'),
  });
  expect(await project.dev(['metrics', '--since', 'yesterday'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('`--since yesterday` is neither a duration nor a time'),
  });
});
