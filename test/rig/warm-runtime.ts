import { chmodSync, cpSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configFile, server } from './config.ts';
import { userEnvironment } from './environment.ts';
import { reservePort } from './ports.ts';
import { killQuietly, processesOf } from './processes.ts';
import { run } from './run.ts';
import { runFolder } from './run-folder.ts';
import { waitUntil } from './wait-until.ts';

const repository = dirname(dirname(import.meta.dirname));
/** Between them they load every part of the runtime that most tests use. */
const COMMANDS = ['start', 'status', 'health', 'logs', 'restart', 'stop'];

/**
 * Puts `./dev` and the runtime into `root`, with what Node compiled of the runtime once one project of this run of the tests
 * has been used. Hundreds of projects would each compile the same files otherwise; and they get links, because ext4 is slow
 * to make files for minutes after many were removed. Whoever changes one of these files has to replace it.
 */
export async function copyRuntime(root: string): Promise<void> {
  const warm = join(runFolder(), 'warm');
  if (!existsSync(warm)) await warmUp(warm);
  if (!existsSync(warm)) return copyBuilt(root);
  linkSync(join(warm, 'dev'), join(root, 'dev'));
  for (const path of ['.devgen/runtime', 'logs/.devgen/compiled']) linkTree(join(warm, path), join(root, path));
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const make = entry.isDirectory() ? linkTree : linkSync;
    make(join(from, entry.name), join(to, entry.name));
  }
}

/** Does nothing when another worker is at it, or when devgen does not work, which is for the tests to say. */
async function warmUp(warm: string): Promise<void> {
  const root = join(runFolder(), 'warming');
  try {
    mkdirSync(root);
  } catch {
    return;
  }
  copyBuilt(root);
  cpSync(join(import.meta.dirname, 'programs'), join(root, 'programs'), { recursive: true });
  const files = configFile({ web: server('web', await reservePort()) });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  const environment = userEnvironment();
  const left = () => processesOf({ variable: 'RIG_WARMING', folder: root });
  try {
    for (const command of COMMANDS) {
      const { code } = await run(join(root, 'dev'), [command], { cwd: root, environment, limitMs: 10_000 });
      if (code !== 0) return;
    }
    await waitUntil(() => left().length === 0); // The supervisor keeps what was compiled when it leaves.
    renameSync(root, warm);
  } catch {
    for (const { pid } of left()) killQuietly(pid);
  }
}

function copyBuilt(root: string): void {
  cpSync(join(repository, 'dist/runtime'), join(root, '.devgen/runtime'), { recursive: true });
  cpSync(join(repository, 'templates/dev'), join(root, 'dev'));
  chmodSync(join(root, 'dev'), 0o755);
}
