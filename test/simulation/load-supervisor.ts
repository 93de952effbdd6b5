import { join } from 'node:path';
import { Script } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { bordersOfFiles } from './border-files.ts';
import { bordersOfProcesses } from './border-processes.ts';
import { bordersOfSockets } from './border-sockets.ts';
import { bordersOfSpawning } from './border-spawning.ts';
import type { Machine } from './machine.ts';
import { nodeOf } from './node-of-machine.ts';
import type { ServicePrograms } from './service-programs.ts';
import type { SimulatedProcess } from './simulated-process.ts';

type Supervise = typeof import('./supervisor-program.ts').supervise;

/** Begins a supervisor as a process of a simulated machine. */
export type SupervisorProgram = (machine: Machine, self: SimulatedProcess, programs: ServicePrograms) => Supervise;

/** What is another one in each process: Node's own, and the border. */
const GIVEN = [
  ...['module', 'machine', 'require', 'process', 'performance', 'Date'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask'],
];

/** Modules that are the border to the system, and have another side on a simulated machine. */
const BORDER = new RegExp(
  `^.*/(${[
    ...['boot', 'own-user', 'process-table', 'process-details', 'process-environment', 'newest-pids'],
    ...['listeners', 'held-socket', 'port-binding', 'addresses-of', 'ask-http', 'ask-connection', 'call-supervisor'],
    ...['fifo', 'spawn-service', 'subreaper', 'run-command', 'notify-desktop', 'find-container'],
    ...['checkout-lock', 'runtime-directory', 'watch-path', 'real-path'],
  ].join('|')})\\.ts$`,
);

const onSimulatedMachine: Plugin = {
  name: 'on-simulated-machine',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: BORDER }, ({ path, resolveDir }) =>
      /\/src\//.test(join(resolveDir, path)) ? { path: path.replace(BORDER, '$1'), namespace: 'machine' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'machine' }, ({ path }) => ({
      contents: `module.exports = machine[${JSON.stringify(path)}];`,
    }));
  },
};

let loaded: Promise<SupervisorProgram> | undefined;

/** The supervisor's own code, bundled once; each call evaluates it anew, as a process of its own would. */
export function loadSupervisor(): Promise<SupervisorProgram> {
  loaded ??= bundleSupervisor();
  return loaded;
}

async function bundleSupervisor(): Promise<SupervisorProgram> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'supervisor-program.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    write: false,
    plugins: [onSimulatedMachine],
  });
  const text = outputFiles[0]?.text ?? '';
  const evaluate: (...given: readonly unknown[]) => void = new Script(
    `(function (${GIVEN.join(', ')}) {${text}\n})`,
  ).runInThisContext();
  return (machine, self, programs) => {
    const module: { exports: { supervise?: Supervise } } = { exports: {} };
    const border = {
      ...bordersOfProcesses(machine, self),
      ...bordersOfSockets(machine, self),
      ...bordersOfSpawning(machine, self, programs),
      ...bordersOfFiles(machine, self),
    };
    const node: Readonly<Record<string, unknown>> = { ...nodeOf(machine, self) };
    evaluate(module, border, ...GIVEN.slice(2).map((name) => node[name]));
    const { supervise } = module.exports;
    if (supervise === undefined) throw new Error('the supervisor program exports nothing');
    return supervise;
  };
}
