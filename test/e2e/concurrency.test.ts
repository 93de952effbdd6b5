import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject } from '../rig/project.ts';

for (const count of [2, 20]) {
  test(`${count} starts at the same instant give one run of each service and ${count} successes`, {
    timeout: 90_000,
  }, async () => {
    const [port, pagePort] = [await reservePort(), await reservePort()];
    const services = {
      backend: server('backend', port),
      frontend: { ...server('frontend', pagePort), dependsOn: ['backend'] },
    };
    const project = await createProject({ files: configFile(services), generated: true });

    const starts = await Promise.all(
      Array.from({ length: count }, () => project.dev(['start', 'backend', 'frontend'])),
    );

    const failed = starts.filter(({ code }) => code !== 0).map(({ stderr }) => stderr);
    expect(failed).toEqual([]);
    const servers = project.processes().filter(({ command }) => command.includes('programs/server.mjs'));
    expect(servers.map(({ command }) => /--name (\w+)/.exec(command)?.[1]).sort()).toEqual(['backend', 'frontend']);
    const supervisors = project.processes().filter(({ command }) => /node .*supervisor\.cjs/.test(command));
    expect(supervisors).toHaveLength(1);
    expect(project.status('backend')).toMatchObject({ state: 'ready', port });
    expect(project.status('frontend')).toMatchObject({ state: 'ready', port: pagePort });
  });
}

test('start and stop in turn, each at once with the next, never leave two runs', { timeout: 90_000 }, async () => {
  const port = await reservePort();
  const project = await createProject({ files: configFile({ backend: server('backend', port) }), generated: true });
  for (let round = 0; round < 5; round++) {
    await Promise.all([project.dev(['start', 'backend']), project.dev(['stop', 'backend'])]);
    const servers = project.processes().filter(({ command }) => command.includes('programs/server.mjs'));
    expect(servers.length).toBeLessThan(2);
  }

  await project.dev(['start', 'backend']);

  expect(project.status('backend')).toMatchObject({ state: 'ready', port });
});
