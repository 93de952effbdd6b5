import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject } from '../rig/project.ts';

test('with DEBUG=true a start tells each decision on stderr and in logs/devgen.log, also to a supervisor without it', async () => {
  const [port, otherPort] = [await reservePort(), await reservePort()];
  const services = { backend: server('backend', port), other: server('other', otherPort) };
  const project = await createProject({ files: configFile(services), generated: true });
  const quiet = await project.dev(['start', 'other']);
  expect(quiet, quiet.stderr).toMatchObject({ code: 0 });
  expect(quiet.stderr).not.toContain('DEBUG');

  const started = await project.dev(['start', 'backend'], { environment: { ...project.environment, DEBUG: 'true' } });

  expect(started, started.stderr).toMatchObject({ code: 0 });
  for (const said of [started.stderr, project.read('logs/devgen.log')]) {
    expect(said).toMatch(
      /DEBUG backend: lifecycle event=restart|DEBUG backend: lifecycle event=start from=down to=starting/,
    );
    expect(said).toMatch(new RegExp(`DEBUG backend: launch run=\\w{32} port=${port} by=us`));
    expect(said).toMatch(/DEBUG backend: readiness-probe probe=any-answer port=\d+ passed=true/);
    expect(said).toMatch(/DEBUG backend: lifecycle event=ready from=starting to=ready/);
    expect(said).not.toContain('DEBUG other: launch');
  }
  expect(started.stdout).not.toContain('DEBUG');
});
