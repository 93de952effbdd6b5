// Run by the Node that is tried: puts the packed package beside an example, as an installation would, and uses it.
// `node scripts/try-node/try-package.mjs ARCHIVE`
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const project = mkdtempSync(join(tmpdir(), 'my shop '));
const modules = join(project, 'node_modules');
const env = { ...process.env, PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter) };

const USE = `import { createManager } from 'devgen';
const manager = await createManager();
const [{ state }] = await manager.status();
const [{ verdict }] = await manager.health();
console.log(state, verdict, await manager.wait());
`;

try {
  cpSync(join(repository, 'examples/node-only'), project, { recursive: true });
  install(process.argv[2]);
  say('devgen', 'init', '--yes');
  say('./dev', 'start');
  say('./dev', 'status');
  expectEverythingOnThisNode();
  await expectAnswer(say('./dev', 'url').trim());
  writeFileSync(join(project, 'use.mjs'), USE);
  if (say(process.execPath, 'use.mjs') !== 'ready healthy true\n') throw new Error('the module says otherwise');
  say('./dev', 'check');
  say('./dev', 'stop');
  say('devgen', 'uninstall', '--yes');
} finally {
  spawnSync('./dev', ['stop'], { cwd: project, env });
  rmSync(project, { recursive: true, force: true });
}

/** What `npm install` of the archive would do, without a network. */
function install(archive) {
  mkdirSync(join(modules, '.bin'), { recursive: true });
  say('tar', '-xzf', archive, '-C', modules);
  const { bin, dependencies } = JSON.parse(readFileSync(join(modules, 'package/package.json'), 'utf8'));
  symlinkSync('package', join(modules, 'devgen'));
  symlinkSync(join('../devgen', bin.devgen), join(modules, '.bin/devgen'));
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  }
}

function say(command, ...args) {
  console.log(`$ ${[command, ...args].join(' ')}`);
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: project, env, encoding: 'utf8' });
  process.stdout.write(stdout ?? '');
  if (status !== 0) throw error ?? new Error(`${command} ended with exit code ${status}:\n${stderr}`);
  return stdout;
}

/** The launcher takes the first Node on PATH; where the system tells, that is the supervisor's. */
function expectEverythingOnThisNode() {
  if (process.platform !== 'linux') return;
  const { services } = JSON.parse(say('./dev', 'status', '--detailed', '--json'));
  const used = readlinkSync(`/proc/${services[0].supervisor.pid}/exe`);
  if (used !== process.execPath) throw new Error(`the supervisor runs on ${used}, not on ${process.execPath}`);
}

async function expectAnswer(url) {
  const { status } = await fetch(url);
  console.log(`GET ${url}: ${status}`);
  if (status !== 200) throw new Error(`${url} answers with status ${status}`);
}
