import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const WITHIN_MS = 60_000;
/** Far from what anything else here takes. */
const HELD_PORT = 18_890;

/** Each begins with servers that run and are well, but for the first, and ends so. */
export const JOBS = [
  {
    name: 'start in a fresh worktree',
    async perform({ agent, project }) {
      project.root = project.addWorktree('feature-one');
      const started = await agent.start();
      agent.expect(started.code === 0, 'it does not start', started);
      project.urls = urlsOf(started);
      const url = await agent.run(['url', 'frontend']);
      agent.expect(url.stdout.trim() === project.urls.frontend, 'that is another URL', url);
      await expectWell({ agent, project, said: started });
    },
  },
  {
    name: 'mend a syntax error',
    perform: (at) => breakAndMend(at, { ...inBackend(at), from: at.project.edits.items, to: 'items=[1, 2, 3' }),
  },
  {
    name: 'mend a missing module',
    perform: (at) => breakAndMend(at, { ...inBackend(at), ...importing(at, 'import nope_money') }),
  },
  {
    name: 'mend an import of the frontend',
    perform: (at) =>
      breakAndMend(at, { file: at.project.frontendFile, from: 'import', to: "import './nope.js';\nimport" }),
  },
  {
    name: 'mend a 500',
    async perform(at) {
      const { agent, project } = at;
      const undo = agent.edit(project.backendFile, project.edits.items, 'items=[1 / 0]');
      const unasked = await agent.run(['settle']);
      agent.expect(unasked.code === 0, 'no server has failed yet', unasked);
      const { status } = await fetch(`${project.urls.backend}/api/items`);
      if (status !== 500) throw new Error(`the edit came too late: ${status}`);
      await expectBroken(at, /ZeroDivisionError/);
      undo();
      await expectMended(at);
    },
  },
  {
    name: 'mend an EADDRINUSE',
    async perform(at) {
      const { agent } = at;
      const stranger = createServer();
      await new Promise((resolve) => stranger.listen(HELD_PORT, '127.0.0.1', resolve));
      const bind = `import socket\nmetrics = socket.create_server(("127.0.0.1", ${HELD_PORT}))`;
      const undo = agent.edit(at.project.backendFile, at.project.edits.imports, `import os\n${bind}\n`);
      await expectBroken(at, /[Aa]ddress already in use/);
      const holder = await agent.run(['port', String(HELD_PORT)]);
      agent.expect(holder.output.includes(String(process.pid)), 'that is not who has it', holder);
      undo();
      await new Promise((resolve) => stranger.close(resolve));
      await expectMended(at);
    },
  },
  {
    name: 'run an e2e task',
    async perform({ agent }) {
      const undo = agent.edit('e2e.mjs', '!== 3', '!== 4', {});
      const failed = await agent.run(['run', 'e2e']);
      agent.expect(failed.code === 1 && failed.output.includes('there are 3 items'), 'it must fail', failed);
      undo();
      const passed = await agent.run(['run', 'e2e']);
      agent.expect(passed.code === 0 && passed.output.includes('2 tests passed'), 'it must pass', passed);
    },
  },
  {
    name: 'work in two worktrees',
    async perform({ agent, project }) {
      const root = project.addWorktree('feature-two');
      const started = await agent.start({ root });
      agent.expect(started.code === 0, 'it does not start', started);
      const urls = urlsOf(started);
      agent.expect(urls.backend !== project.urls.backend, 'both have one URL', started);
      const undo = agent.edit(project.backendFile, project.edits.items, 'items=[1, 2, 3', { root });
      const broken = await agent.run(['settle'], { root });
      agent.expect(broken.code === 1, 'it is broken', broken);
      await expectMended({ agent, project });
      undo();
      const well = await agent.run(['settle'], { root });
      await expectWell({ agent, project: { ...project, urls }, said: well });
    },
  },
  {
    name: 'come back after a break',
    async perform(at) {
      const { agent, project } = at;
      const undo = agent.edit(project.backendFile, project.edits.items, 'items=[1, 2, 3');
      await until(() => project.stateOf('backend') !== 'ready', 'it goes on');
      const status = await agent.run(['status', '--json']);
      agent.expect(status.code === 1, 'all is well, it says', status);
      const errors = await agent.run(['errors', '--json']);
      agent.expect(namesPlace(errors, project.backendFile), 'the error is missing', errors);
      undo();
      await expectMended(at);
    },
  },
  {
    name: 'be killed in the middle',
    async perform({ agent, project }) {
      const stopped = await agent.run(['stop']);
      agent.expect(stopped.code === 0 && (await isDown(project)), 'it is not stopped', stopped);
      await agent.run(['start', '--json'], { killAfterSeconds: 0.3 });
      process.kill(project.supervisor(), 'SIGKILL');
      const started = await agent.start();
      await expectWell({ agent, project, said: started });
      const twice = project.processes().filter((command) => command.includes(project.backendFile.slice(8)));
      const roots = new Set(JSON.parse(started.stdout).services.map(({ pid }) => pid));
      agent.expect(roots.size === 2 && twice.length < 6, `too much runs: ${twice.join(', ')}`, started);
    },
  },
  {
    name: 'hand over to another agent',
    async perform({ agent, project, another }) {
      const other = another('codex');
      const status = await other.run(['status', '--json']);
      agent.expect(status.code === 0 && status.stdout.includes('claude'), 'it does not say who uses it', status);
      const stopped = await other.run(['stop']);
      agent.expect(stopped.code === 1 && !(await isDown(project)), 'it takes it from the other one', stopped);
      const settled = await other.run(['settle']);
      await expectWell({ agent, project, said: settled });
    },
  },
];

function inBackend({ project }) {
  return { file: project.backendFile };
}

function importing({ project }, line) {
  return { from: project.edits.imports, to: `import os\n${line}\n` };
}

async function breakAndMend(at, { file, from, to }) {
  const undo = at.agent.edit(file, from, to);
  await expectBroken(at, new RegExp(`${file.replaceAll('.', '\\.')}`));
  undo();
  await expectMended(at);
}

async function expectBroken({ agent }, said) {
  const broken = await agent.run(['settle']);
  agent.expect(broken.code === 1 && said.test(broken.output), 'it does not say what is broken', broken);
}

async function expectMended({ agent, project }) {
  const settled = await agent.run(['settle']);
  // What was given up has to be begun anew, which it says.
  const said = settled.code !== 0 && settled.output.includes('`./dev start ') ? await agent.start() : settled;
  await expectWell({ agent, project, said });
}

/** What says that all is well is held to what the servers answer, and the other way round. */
async function expectWell({ agent, project, said }) {
  const { backend, frontend } = project.urls;
  const statuses = await Promise.all([`${backend}/api/items`, frontend].map(statusOf));
  const isWell = statuses.every((status) => status === 200);
  agent.expect(said.code === 0 && isWell, `they answer ${statuses.join(' and ')}`, said);
}

async function isDown({ urls }) {
  const statuses = await Promise.all([urls.backend, urls.frontend].map(statusOf));
  return statuses.every((status) => status === null);
}

/** `null`: nothing answers. */
async function statusOf(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).status;
  } catch {
    return null;
  }
}

async function until(isSo, otherwise) {
  for (const endMs = performance.now() + WITHIN_MS; performance.now() < endMs; await delay(50)) {
    if (await isSo()) return;
  }
  throw new Error(otherwise);
}

function namesPlace(errors, file) {
  return JSON.parse(errors.stdout).errors.some(({ place }) => place?.file === file);
}

function urlsOf({ stdout, output }) {
  try {
    return Object.fromEntries(JSON.parse(stdout).services.map(({ service, url }) => [service, url]));
  } catch {
    throw new Error(`no document: ${output}`);
  }
}
