import { recogniseProgram } from './recognise-program.ts';
import { takeAssignments } from './split-command.ts';

/** A program call without what only prepares its environment. */
export interface Unwrapped {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How many words each wrapper takes in front of the program: its own name, and flags with or without a value. */
const WRAPPERS: Readonly<
  Record<string, { readonly verbs?: readonly string[]; readonly valueFlags?: readonly string[] }>
> = {
  env: {},
  exec: {},
  command: {},
  nohup: {},
  time: {},
  nice: { valueFlags: ['-n'] },
  sudo: {},
  'cross-env': {},
  'cross-env-shell': {},
  npx: { valueFlags: ['-p', '--package', '-w', '--workspace'] },
  bunx: {},
  pnpx: {},
  dotenv: { valueFlags: ['-e', '-c', '-v', '-p', '-f'] },
  'dotenv-cli': { valueFlags: ['-e', '-c', '-v', '-f'] },
  dotenvx: { verbs: ['run'], valueFlags: ['-f', '--env-file', '-e', '--env'] },
  'env-cmd': { valueFlags: ['-f', '--file', '-e', '--environments', '-r'] },
  op: { verbs: ['run'], valueFlags: ['--env-file'] },
  doppler: { verbs: ['run'], valueFlags: ['-p', '-c', '--project', '--config', '--command'] },
  infisical: { verbs: ['run'], valueFlags: ['--env', '--path', '--projectId'] },
  with: {},
  bundle: { verbs: ['exec'] },
  uv: {
    verbs: ['run'],
    valueFlags: [
      '--with',
      '--extra',
      '--group',
      '-p',
      '--python',
      '--package',
      '--project',
      '--env-file',
      '--directory',
    ],
  },
  poetry: { verbs: ['run'], valueFlags: ['-C', '--directory'] },
  pipenv: { verbs: ['run'] },
  pdm: { verbs: ['run'], valueFlags: ['-p', '--project'] },
  rye: { verbs: ['run'] },
  hatch: { verbs: ['run'] },
  conda: { verbs: ['run'], valueFlags: ['-n', '--name', '-p'] },
  mise: { verbs: ['exec', 'x'] },
  direnv: { verbs: ['exec'] },
  nyc: { valueFlags: ['--reporter', '--cwd'] },
  c8: { valueFlags: ['--reporter'] },
  thrust: {},
  'heroku-local': {},
  dumb_init: {},
  'ddtrace-run': {},
  'opentelemetry-instrument': {},
  'newrelic-admin': { verbs: ['run-program'] },
  tini: {},
  watchmedo: {
    verbs: ['auto-restart'],
    valueFlags: ['-d', '--directory', '-p', '--pattern', '--patterns', '--signal'],
  },
  watchfiles: { valueFlags: ['--filter', '--args'] },
  tool: {},
};

/** Takes `cross-env A=b npx …`, `uv run …`, `bundle exec …` off a program call, keeping the environment they set. */
export function stripWrappers(words: readonly string[]): Unwrapped {
  let current = takeAssignments(words);
  let env = current.env;
  for (let rounds = 0; rounds < 8; rounds++) {
    const inner = unwrapOnce(current.words);
    if (inner === undefined) break;
    current = takeAssignments(inner);
    env = { ...env, ...current.env };
  }
  return { words: current.words, env };
}

/** Package managers that run a dependency's program by its bare name. */
const MANAGERS = new Set(['pnpm', 'yarn', 'bun']);
/** Programs that start others, which are no servers themselves. */
const STARTERS = new Set(
  `nodemon tsx ts-node ts-node-dev ts-node-esm tsnd babel-node esno esr swc-node vite-node node-dev tsc-watch
  concurrently conc npm-run-all npm-run-all2 run-p run-s run-pty turbo lerna wsrun cross-env cross-env-shell dotenv
  dotenvx env-cmd`.split(/\s+/),
);

function unwrapOnce(words: readonly string[]): readonly string[] | undefined {
  const [first = '', second = ''] = words;
  if ((first === 'pnpm' || first === 'yarn' || first === 'npm') && (second === 'exec' || second === 'dlx'))
    return afterFlags(words, 2, []);
  if (first === 'bun' && second === 'x') return afterFlags(words, 2, []);
  if (MANAGERS.has(first) && (STARTERS.has(second) || recogniseProgram(words.slice(1)) !== undefined))
    return words.slice(1);
  if (/(?:^|\/)python[\d.]*$/.test(first) && second === '-m' && words[2] === 'debugpy')
    return afterFlags(words, 3, ['--listen', '--connect', '--log-to']);
  if (first === 'go' && second === 'tool') return words.slice(2);
  if (first === 'wait-on' || first === 'start-server-and-test') return undefined;
  const wrapper = WRAPPERS[first];
  if (wrapper === undefined || words.length < 2) return undefined;
  if (wrapper.verbs === undefined) return afterFlags(words, 1, wrapper.valueFlags ?? []);
  return wrapper.verbs.includes(second) ? afterFlags(words, 2, wrapper.valueFlags ?? []) : undefined;
}

function afterFlags(
  words: readonly string[],
  from: number,
  valueFlags: readonly string[],
): readonly string[] | undefined {
  let next = from;
  while (next < words.length && (words[next] ?? '').startsWith('-')) {
    const flag = words[next] ?? '';
    next++;
    if (flag === '--') break;
    if (valueFlags.includes(flag)) next++;
  }
  return next < words.length ? words.slice(next) : undefined;
}
