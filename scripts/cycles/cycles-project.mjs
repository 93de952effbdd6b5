import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../soak/run-command.mjs';
import { markedBy } from './traces.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const repository = dirname(dirname(here));
const COMMAND_LIMIT_MS = 60_000;
const GONE_WITHIN_MS = 10_000;
/** Away from those of the soak and of the tests. */
const FIRST_PORT = 18_600;

/** A generated project with a service that stays up and one to start and stop; all that it could leave lies in `root`. */
export function createCyclesProject() {
  const root = mkdtempSync(join(tmpdir(), 'devgen-cycles-'));
  const serviceAt = (port) => ({ command: 'node server.cjs', port, restart: 'never' });
  const config = { name: 'cycles', services: { keeper: serviceAt(FIRST_PORT), web: serviceAt(FIRST_PORT + 20) } };
  for (const name of ['run', 'tmp']) mkdirSync(join(root, name), { mode: 0o700 });
  for (const name of ['server.cjs', 'report-memory.cjs']) copyFileSync(join(here, name), join(root, name));
  writeFileSync(join(root, 'devgen.config.yaml'), JSON.stringify(config));
  const generated = spawnSync(process.execPath, [join(repository, 'dist/cli.js'), 'generate'], { cwd: root });
  if (generated.status !== 0) throw new Error(`devgen generate failed\n${generated.stdout}${generated.stderr}`);
  const memoryFile = join(root, 'memory.json');
  /** Every process of the project inherits it, however it left the tree. */
  const mark = `CYCLES_OF_${process.pid}`;
  const environment = {
    ...process.env,
    [mark]: '1',
    XDG_RUNTIME_DIR: join(root, 'run'),
    TMPDIR: join(root, 'tmp'),
    NODE_OPTIONS: `--require=${join(root, 'report-memory.cjs')}`,
    CYCLES_MEMORY: memoryFile,
  };
  const dev = (...args) => runCommand(join(root, 'dev'), { args, killAfterMs: COMMAND_LIMIT_MS, environment });
  return {
    root,
    mark,
    memoryFile,
    dev,
    /** Gives the command lines of what still lives when the supervisor has had time to go. */
    async end() {
      await dev('kill');
      for (const endMs = performance.now() + GONE_WITHIN_MS; performance.now() < endMs; await delay(50)) {
        if (markedBy(mark).length === 0) break;
      }
      const left = markedBy(mark);
      rmSync(root, { recursive: true, force: true });
      return left;
    },
  };
}
