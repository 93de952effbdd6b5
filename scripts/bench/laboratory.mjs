import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const cli = join(here, '../../dist/devgen.cjs');
const floor = join(here, 'floor.mjs');
const FIRST_PORT = 19_400;
let nextPort = FIRST_PORT;

/** Node 20 parses the certificates of this variable at every start, which hides what is measured here. */
export function environment(more = {}) {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  return { ...rest, ...more };
}

/** Runs a command to its end; how long it took, in ms. */
export async function run(file, args, { cwd, env = environment(), mayFail = false } = {}) {
  const startedAt = performance.now();
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    complaints += chunk;
  });
  const [code] = await once(child, 'exit');
  const tookMs = performance.now() - startedAt;
  if (code !== 0 && !mayFail) throw new Error(`${[file, ...args].join(' ')} ended with ${code}\n${complaints}`);
  return tookMs;
}

export const bare = () => run(process.execPath, ['-e', '0']);

/** Services of one kind, for devgen and for the floor in a folder each; nothing is started. `children`: of each. */
export async function createProject(count, { kind = 'tiny', children = 0, config = {}, env = environment() } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-bench-'));
  const [root, below] = ['devgen', 'floor'].map((name) => join(folder, name));
  const services = servicesIn(root, count, { kind, children });
  mkdirSync(below);
  writeFileSync(join(below, 'services.json'), JSON.stringify(servicesIn(below, count, { kind, children })));
  writeFileSync(
    join(root, 'devgen.config.json'),
    JSON.stringify({ name: 'bench', ...config, services: configOf(services) }),
  );
  const options = { cwd: root, env };
  await run(process.execPath, [cli, 'generate'], options);
  const dev = (...args) => run(join(root, 'dev'), args, options);
  const onFloor = (verb, ...names) => run(process.execPath, [floor, verb, below, ...names]);
  const supervisor = () => JSON.parse(readFileSync(join(root, 'logs/.devgen/supervisor.json'), 'utf8')).pid;
  /** Returns when the supervisor is gone, too. */
  const rest = async () => {
    await run(join(root, 'dev'), ['stop'], { ...options, mayFail: true });
    while (processesOf(folder).length > 0) await delay(20);
  };
  return {
    ...{ root, services, dev, onFloor, supervisor, rest },
    processes: () => processesOf(folder),
    /** When the last service of devgen's listened, in ms since the epoch. */
    listeningAt: () => Math.max(...services.map(({ mark }) => statSync(mark).mtimeMs)),
    async remove() {
      await rest();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function servicesIn(folder, count, { kind, children }) {
  mkdirSync(join(folder, 'marks'), { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const [name, port] = [`s${index}`, nextPort++];
    const mark = join(folder, 'marks', name);
    const [file, script] = kind === 'tiny' ? ['/usr/bin/perl', 'tiny.pl'] : [process.execPath, 'server.cjs'];
    return {
      name,
      port,
      mark,
      file,
      args: [join(here, script), String(port), mark, ...(children ? [String(children)] : [])],
    };
  });
}

function configOf(services) {
  const entry = ({ file, args, port }) => ({
    command: [file, ...args].join(' '),
    port: { number: port, fallback: false },
  });
  return Object.fromEntries(services.map((service) => [service.name, { ...entry(service), health: '/' }]));
}

/** Pids of all that lives of a project: what names its folder, and what forks for its supervisor. */
function processesOf(folder) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && readProc(name, 'cmdline').includes(folder));
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return ''; // It ended meanwhile.
  }
}

/** CPU time of all threads of these processes, in ms. */
export function cpuMs(pids) {
  const threads = pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/task`).map((thread) => readProc(pid, `task/${thread}/schedstat`));
    } catch {
      return [];
    }
  });
  return threads.reduce((total, text) => total + Number(text.split(' ')[0]) / 1e6, 0);
}

/** Proportional set size in MB. */
export function pssMb(pid) {
  return Number(/^Pss:\s+(\d+)/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024;
}

/** What a server answers; `null`: nothing. A question each 2 ms until `isIt`. */
export async function askUntil(port, isIt) {
  for (;;) {
    const said = await ask(port);
    if (isIt(said)) return performance.now();
    await delay(2);
  }
}

export function ask(port) {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection(port, '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\n\r\n'));
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => resolve(null));
    socket.on('close', () => resolve(text.split('\r\n\r\n')[1]?.trim() || null));
  });
}

/** Samples of each subject, taken in turn; a first round only warms the caches. */
export async function interleave(rounds, subjects) {
  const samples = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, subject] of Object.entries(subjects)) {
      const value = await subject();
      if (round > 0) samples[name].push(value);
    }
  }
  return samples;
}

export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

export function isInstalled(program) {
  return spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status === 0;
}
