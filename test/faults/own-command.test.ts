import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, projectWith, start } from './fault-project.ts';

test.each(['./dev', './dev start web', 'npm run dev'])(
  'a service whose own command is `%s` is told so at once',
  async (command) => {
    const [port, other] = [await reservePort(), await reservePort()];
    const project = await projectWith({ web: { command, port }, other: server('other', other) });
    project.write('package.json', '{ "scripts": { "dev": "./dev" } }');

    const started = await project.dev(['start', 'web']);

    expect(started.code).toBe(1);
    expect(started.stderr).toContain('before it was ready');
    expect(started.stderr).toContain(
      `its own \`command\` is \`${command}\`, which starts it: that would go on for ever`,
    );
    expect(started.stderr).toContain('hint: Write in `command` of `web` in the config what starts its own server.');
    expect(project.read('logs/events.ndjson').match(/"kind":"starting"/g)).toHaveLength(1);
  },
);

test('a service may start another one', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const command = 'sh -c "./dev start other && exec node programs/server.mjs"';
  const project = await projectWith({ web: { command, port }, other: server('other', other) });

  await start(project, 'web');

  await waitUntil(() => project.status('other').state === 'ready');
  await expectCleanStop(project, port, other);
});
