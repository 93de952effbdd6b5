import { expect, test } from 'vitest';
import { ask, isPortFree } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project, type ProjectOptions } from '../rig/project.ts';
import { type Finished, run } from '../rig/run.ts';
import { startStranger } from '../rig/stranger.ts';
import { hasTool } from '../rig/tools.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('NAME-ACTION does what ACTION NAME does', async () => {
  const { project } = await create();

  expect(await project.dev(['backend-start'])).toMatchObject({ code: 0 });
  expect(await project.dev(['backend-status'])).toMatchObject({ code: 0 });
  expect(await project.dev(['backend-health'])).toMatchObject({ code: 0 });
  expect((await project.dev(['backend-logs'])).stdout).toContain('backend: listening');
  const { pid } = project.status('backend');
  expect(await project.dev(['backend-restart'])).toMatchObject({ code: 0 });
  expect(project.status('backend').pid).not.toBe(pid);
  expect(await project.dev(['backend-kill'])).toMatchObject({ code: 0 });
  expect(project.status('backend')).toMatchObject({ state: 'down', pid: null });
});

test('the make targets do what their names say', { timeout: 60_000 }, async () => {
  const { project, port } = await createWith();
  for (const target of ['backend', 'backend-status', 'backend-health', 'backend-logs', 'backend-restart']) {
    const made = await project.make([target]);
    expect(made, `${target}\n${made.stderr}`).toMatchObject({ code: 0 });
  }
  expect(project.status('backend')).toMatchObject({ state: 'ready', port });
  expect(await project.make(['frontend'])).toMatchObject({ code: 0 });
  for (const target of ['status', 'health', 'logs', 'logs-errors', 'help']) {
    const made = await project.make([target]);
    expect(made, `${target}\n${made.stderr}`).toMatchObject({ code: 0 });
  }
  expect(await project.make(['backend-stop'])).toMatchObject({ code: 0 });
  expect(project.status('backend').state).toBe('down');
  expect(await project.make(['stop'])).toMatchObject({ code: 0 });
});

for (const shell of ['bash', 'zsh', 'fish']) {
  test.skipIf(!hasTool(shell))(`the aliases work in ${shell}, from any folder (needs ${shell})`, async () => {
    const { project, port } = await createWith({ aliases: 'bot' });
    const line = `source '${project.root}/scripts/aliases.sh'; cd /; bot-start && bot-status && bot-health && bot-logs && bot-stop`;

    const interactive = shell === 'bash' ? ['-O', 'expand_aliases', '-c'] : ['-c'];
    const used = await run(shell, [...interactive, line], { cwd: '/', environment: project.environment });

    expect(used, used.stdout + used.stderr).toMatchObject({ code: 0 });
    expect(project.status('backend').state).toBe('down');
    expect(await isPortFree(port)).toBe(true);
  });
}

for (const shell of ['sh', 'bash', 'zsh', 'fish']) {
  test.skipIf(!hasTool(shell))(
    `what \`env NAME\` prints is for the ${shell} that calls it (needs ${shell})`,
    async () => {
      const odd = `${String.raw`it's a\\b \' "x" !`} \u001b[1m`;
      const port = await reservePort();
      const services = { backend: { ...server('backend', port), env: { ODD: odd } } };
      const project = await createProject({ files: configFile(services), generated: true });
      const print = `node -e 'process.stdout.write(process.env.ODD)'`;
      const read = shell === 'fish' ? './dev env backend | source' : 'eval "$(./dev env backend)"';

      const printed = await run(shell, ['-c', `${read}; ${print}`], {
        cwd: project.root,
        environment: project.environment,
      });

      expect(printed).toMatchObject({ code: 0, stdout: odd, stderr: '' });
    },
  );
}

test('status and health give 1 while something is down, and 0 when all is up', async () => {
  const { project } = await create();

  expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  expect(await project.dev(['health'])).toMatchObject({ code: 1 });
  await project.dev(['start', 'backend']);
  expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  expect(await project.dev(['status', 'backend'])).toMatchObject({ code: 0 });
  await project.dev(['up']);
  expect(await project.dev(['status'])).toMatchObject({ code: 0 });
  expect(await project.dev(['health'])).toMatchObject({ code: 0 });
});

test('every `--json` prints one document with a schemaVersion on stdout', async () => {
  const { project, port } = await create();
  await project.dev(['start']);

  for (const command of ['status', 'health', 'logs', 'start backend', `port ${port}`, 'env', 'url backend', 'stop']) {
    const { stdout } = await project.dev([...command.split(' '), '--json']);

    expect(JSON.parse(stdout), command).toMatchObject({ schemaVersion: 1 });
  }
});

test('`logs -f --json` prints one document a line', async () => {
  const { project, port } = await create();
  await project.dev(['up', '-d']);

  const following = run('sh', ['-c', './dev logs -f --json | head -n 3'], {
    cwd: project.root,
    environment: project.environment,
  });
  const { stdout } = await whileAsking(`http://localhost:${port}/followed`, following);

  const lines = stdout.trim().split('\n');
  expect(lines.map((line) => Object.keys(JSON.parse(line) as object))).toEqual(
    Array.from({ length: 3 }, () => expect.arrayContaining(['service', 'text'])),
  );
});

test('logs: the last lines, only errors, and following', async () => {
  const { project, port } = await create();
  await project.dev(['start', 'backend']);
  for (const path of ['/one', '/two', '/three']) await ask(`http://localhost:${port}${path}`);

  const last = await project.dev(['logs', 'backend', '-n', '2']);
  expect(last.stdout.trim().split('\n')).toHaveLength(2);
  expect(last.stdout).toContain('GET /three');
  expect((await project.dev(['logs', '--errors'])).stdout).not.toContain('GET /three');
  const head = run('sh', ['-c', './dev logs -f | head -n 1'], { cwd: project.root, environment: project.environment });
  expect(await whileAsking(`http://localhost:${port}/four`, head)).toMatchObject({ code: 0, stderr: '' });
});

test('url, env and wait are for scripts', async () => {
  const { project, port } = await create();
  await project.dev(['start', 'backend']);

  expect(await project.dev(['url', 'backend'])).toMatchObject({ code: 0, stdout: `http://localhost:${port}\n` });
  expect((await project.dev(['env'])).stdout).toContain(`BACKEND_PORT=${port}`);
  expect(await project.dev(['wait', 'backend'])).toMatchObject({ code: 0 });
  expect(await project.dev(['wait', 'frontend', '--timeout', '300ms'])).toMatchObject({ code: 1 });
});

test('what does not fit behind a redirection is no success (needs /dev/full)', async () => {
  const { project } = await create();
  await project.dev(['start']);

  for (const command of ['logs', 'env', 'env --json', 'status', 'url backend', 'help', '--version']) {
    const { code, stderr } = await run('sh', ['-c', `./dev ${command} > /dev/full`], {
      cwd: project.root,
      environment: project.environment,
    });
    const told = 'error: no space left for what goes to stdout; it is not complete\n';
    expect({ command, code, stderr }).toEqual({ command, code: 1, stderr: told });
  }
});

test('port tells our service from a stranger; kill-port ends only the listener', async () => {
  const { project, port } = await create();
  const other = await reservePort();
  await project.dev(['start', 'backend']);
  const stranger = await startStranger(other);

  expect((await project.dev(['port', String(port)])).stdout).toContain('`backend`');
  expect((await project.dev(['port', String(other)])).stdout).toContain(`pid ${stranger.pid}`);
  const killed = await project.dev(['kill-port', String(other), '--yes']);

  expect(killed, killed.stderr).toMatchObject({ code: 0 });
  await waitUntil(() => !stranger.isAlive());
  expect(project.status('backend').state).toBe('ready');
});

test('the port: the command line goes before the shell, the shell before .env, that before the config', async () => {
  const { project } = await create();
  const [dotenv, shell, line] = [await reservePort(), await reservePort(), await reservePort()];
  const started = async (args: readonly string[], environment: Record<string, string> = {}) => {
    await project.dev(['stop']);
    const finished = await project.dev(['start', 'backend', ...args], { environment });
    expect(finished, finished.stderr).toMatchObject({ code: 0 });
    return project.status('backend').port;
  };
  project.write('.env', `BACKEND_PORT=${dotenv}\n`);

  expect(await started([])).toBe(dotenv);
  expect(await started([], { BACKEND_PORT: String(shell) })).toBe(shell);
  expect(await started(['--port', String(line)], { BACKEND_PORT: String(shell) })).toBe(line);
});

test('generating twice changes nothing, and an edited generated file is not overwritten', async () => {
  const { project } = await createWith();
  const before = project.read('dev');

  expect(await project.devgen(['generate'])).toMatchObject({ code: 0 });
  expect(project.read('dev')).toBe(before);
  expect(await project.devgen(['check'])).toMatchObject({ code: 0 });
  project.write('dev', `${before}# mine\n`);
  expect((await project.devgen(['generate'])).code).not.toBe(0);
  expect(project.read('dev')).toBe(`${before}# mine\n`);
  expect(await project.devgen(['check'])).toMatchObject({ code: 1 });
});

test('an existing Makefile keeps its targets, its default goal and its help', async () => {
  const makefile = '.PHONY: build help\nbuild:\n\t@echo built\nhelp:\n\t@echo my help\n';
  const { project } = await createWith({}, { Makefile: makefile });

  expect((await project.make([])).stdout).toBe('built\n');
  expect((await project.make(['help'])).stdout).toContain('my help');
  expect(await project.make(['backend'])).toMatchObject({ code: 0 });
});

/** Keeps the server writing to its log: a command that follows that notices a closed pipe only when there is something to say. */
async function whileAsking(url: string, following: Promise<Finished>): Promise<Finished> {
  let ended = false;
  const end = following.finally(() => {
    ended = true;
  });
  await waitUntil(async () => {
    await ask(url);
    return ended;
  });
  return end;
}

/** Enough for `./dev`. */
function create(): Promise<{ project: Project; port: number }> {
  return createWith({}, {}, true);
}

/** With the make targets and aliases, too. */
async function createWith(
  rest: Readonly<Record<string, unknown>> = {},
  files: Readonly<Record<string, string>> = {},
  generated: ProjectOptions['generated'] = 'everything',
): Promise<{ project: Project; port: number }> {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const services = { backend: server('backend', port), frontend: server('frontend', pagePort) };
  const project = await createProject({ files: { ...files, ...configFile(services, rest) }, generated });
  return { project, port };
}
