// What devgen asks of Docker, on files: $FAKE_ENGINE holds services/NAME.json (what a compose file would say), containers/ID.json,
// and calls.log. A container is a process of its own, outside of whoever asked for it; it listens as docker-proxy does.
//   `down` in that folder: the daemon does not run          `no-compose`: `docker compose` is unknown
//   `requires`: the name of a variable that the compose file cannot do without
//   `only-podman`: Docker is not here                        `stuck`: no container can be stopped
//   a service: { port, image?, missing?: true, needs?: [NAME], pulls?: true, health?: WORD, exec?: CODE, printed?: TEXT }
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const engine = process.env.FAKE_ENGINE ?? process.argv[3];
const file = (...parts) => join(engine, ...parts);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const container = (id) => read(file('containers', `${id}.json`));
const save = (state) => {
  const path = file('containers', `${state.id}.json`);
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(state));
  renameSync(`${path}.${process.pid}`, path);
};
const say = (text) => process.stdout.write(`${text}\n`);
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

if (process.argv[2] === '--container') await beContainer(container(process.argv[4]));
else await command(process.argv.slice(2));

async function command(args) {
  appendFileSync(file('calls.log'), `${args.join(' ')}\n`);
  mkdirSync(file('containers'), { recursive: true });
  const name = basename(process.env.FAKE_NAME ?? '');
  const isOldCompose = name === 'docker-compose';
  if (existsSync(file('only-podman')) && name !== 'podman') fail(`${name} is not here`);
  if (args[0] === 'compose' && existsSync(file('no-compose'))) fail("docker: 'compose' is not a docker command.");
  const words = isOldCompose || args[0] === 'compose' ? args.slice(isOldCompose ? 0 : 1) : null;
  if (words?.[0] === 'version') return say('compose 1.0');
  if (existsSync(file('down')))
    fail('Cannot connect to the Docker daemon at unix:///fake. Is the docker daemon running?');
  if (words !== null) return compose(words.filter((word, index) => word !== '-f' && words[index - 1] !== '-f'));
  const id = args.at(-1);
  switch (args[0]) {
    case 'version':
      return say('1.0');
    case 'inspect':
      return inspect(args.filter((word) => /^[0-9a-f]{12}$/.test(word)));
    case 'start':
      return begin(container(id));
    case 'stop':
    case 'kill':
      return end(id, args[0] === 'stop' ? 'SIGTERM' : 'SIGKILL');
    case 'logs':
      return follow(id);
    case 'exec':
      return process.exit(read(file('services', `${container(args[1]).service}.json`)).exec ?? 127);
    default:
      return say('');
  }
}

async function compose([verb, option, name]) {
  const required = existsSync(file('requires')) ? readFileSync(file('requires'), 'utf8') : 'PATH';
  if (!process.env[required]) fail(`required variable ${required} is missing a value`);
  if (verb === 'ps')
    return say(
      all()
        .map(({ id }) => id)
        .join('\n'),
    );
  if (verb !== 'up' || option !== '--detach') fail(`unknown compose command ${verb}`);
  if (!existsSync(file('services', `${name}.json`))) fail(`no such service: ${name}`);
  const service = read(file('services', `${name}.json`));
  if (service.missing) fail(`Error response from daemon: pull access denied for ${service.image}`);
  for (const needed of service.needs ?? []) await compose(['up', '--detach', needed]);
  while (service.pulls && !existsSync(file('pulled'))) await delay(10);
  const known = all().find((each) => each.service === name);
  if (known !== undefined && isRunning(known)) return;
  const fresh = { id: randomBytes(6).toString('hex'), service: name, pid: 0, startedAt: '', exitCode: 0, restarts: 0 };
  await begin(known ?? fresh);
  say(`Container ${name} Started`);
}

function all() {
  return readdirSync(file('containers'))
    .filter((each) => each.endsWith('.json'))
    .map((each) => read(file('containers', each)));
}

function isRunning({ pid }) {
  try {
    return pid !== 0 && process.kill(pid, 0) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

async function begin(state) {
  save({ ...state, startedAt: new Date().toISOString(), pid: 0 });
  const log = openSync(file('containers', `${state.id}.log`), 'a');
  const child = spawn(process.execPath, [process.argv[1], '--container', engine, state.id], {
    cwd: '/',
    env: { PATH: process.env.PATH },
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  while (container(state.id).pid === 0) await delay(10);
}

async function end(id, signal) {
  if (existsSync(file('stuck'))) fail(`Error response from daemon: cannot stop container ${id}`);
  const { pid } = container(id);
  if (isRunning({ pid })) process.kill(pid, signal);
  while (isRunning({ pid })) await delay(10);
  if (signal === 'SIGKILL') save({ ...container(id), exitCode: 137 });
}

function inspect(ids) {
  for (const id of ids) {
    if (!existsSync(file('containers', `${id}.json`))) fail(`Error: No such container: ${id}`);
    const state = container(id);
    const { port, image = 'web:1', inner = 80, health } = read(file('services', `${state.service}.json`));
    const running = isRunning(state);
    say(
      JSON.stringify({
        id,
        name: `/test-${state.service}-1`,
        image,
        state: {
          Status: running ? 'running' : 'exited',
          Pid: running ? state.pid : 0,
          ExitCode: state.exitCode,
          StartedAt: state.startedAt,
          ...(health && { Health: { Status: health } }),
        },
        restarts: state.restarts,
        labels: { 'com.docker.compose.service': state.service, 'com.docker.compose.oneoff': 'False' },
        ports: port && running ? { [`${inner}/tcp`]: [{ HostIp: '0.0.0.0', HostPort: String(port) }] } : {},
      }),
    );
  }
}

async function follow(id) {
  let from = 0;
  for (;;) {
    const ended = !isRunning(container(id));
    const text = readFileSync(file('containers', `${id}.log`), 'utf8');
    process.stdout.write(text.slice(from));
    from = text.length;
    if (ended) return;
    await delay(50);
  }
}

async function beContainer(state) {
  const { port, printed = 'ready to serve' } = read(file('services', `${state.service}.json`));
  process.title = 'docker-proxy';
  process.on('SIGTERM', () => process.exit(0));
  console.log(`${state.service}: ${printed}`);
  const server = createServer((_, response) => response.end(JSON.stringify({ server: state.service })));
  if (port) await new Promise((resolve) => server.listen(port, resolve));
  else setInterval(() => 0, 1000);
  save({ ...container(state.id), pid: process.pid });
}
