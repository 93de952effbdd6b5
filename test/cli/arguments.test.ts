import { describe, expect, it } from 'vitest';
import { expandShorthand } from '../../src/cli/arguments/expand-shorthand.ts';
import { parseArgv } from '../../src/cli/arguments/parse-argv.ts';
import { parseQuickly } from '../../src/cli/arguments/parse-quickly.ts';
import type { Program } from '../../src/cli/context/program.ts';
import { paintPlain } from '../../src/cli/screen/paint.ts';
import { describeDiagnostics } from '../../src/cli/sentences/describe-diagnostics.ts';

const NAMES = { services: ['backend', 'frontend', 'api-v2'], tasks: ['test', 'db-migrate', 'check'] };
const DEV: Program = { name: './dev', sides: new Set(['runtime']) };

const SETUP = { setup: 'when-stale' } as const;
const STARTING = {
  mode: 'normal',
  port: null,
  timeoutMs: null,
  forMs: null,
  events: 'untold',
  open: 'configured',
  ...SETUP,
} as const;
const UP = { kind: 'up', ...STARTING, attach: 'on-terminal' } as const;
const STATUS = {
  kind: 'status',
  names: [],
  detail: 'table',
  resources: 'hidden',
  mode: 'once',
} as const;
const RUN = { kind: 'run', task: 'test', args: [], when: 'needed', ...SETUP } as const;
const LOGS = {
  kind: 'logs',
  names: [],
  mode: 'shown',
  lines: null,
  since: null,
  only: 'all',
  own: 'hidden',
  timestamps: 'hidden',
  length: null,
} as const;

/** What is plain enough for the quick parser. */
const PLAIN: readonly (readonly [string, object])[] = [
  ['', { ...UP, names: [] }],
  ['-d', { ...UP, names: [], attach: 'never' }],
  ['--detach', { ...UP, names: [], attach: 'never' }],
  ['--force', { ...UP, names: [], mode: 'force' }],
  ['backend', { ...UP, names: ['backend'] }],
  ['backend frontend', { ...UP, names: ['backend', 'frontend'] }],
  ['backend --force', { ...UP, names: ['backend'], mode: 'force' }],
  ['up', { ...UP, names: [] }],
  ['up frontend backend', { ...UP, names: ['frontend', 'backend'] }],
  [
    'up backend --port 9000 --timeout 90s -d',
    { ...UP, names: ['backend'], port: 9000, timeoutMs: 90_000, attach: 'never' },
  ],
  ['backend-force', { ...UP, names: ['backend'], mode: 'force' }],
  ['api-v2', { ...UP, names: ['api-v2'] }],
  ['api-v2-force -d', { ...UP, names: ['api-v2'], mode: 'force', attach: 'never' }],
  ['check', { kind: 'check' }],
  ['start', { kind: 'start', ...STARTING, names: [] }],
  ['start --json --events', { kind: 'start', ...STARTING, names: [], events: 'told' }],
  ['start --no-setup', { kind: 'start', ...STARTING, names: [], setup: 'skipped' }],
  ['start --open', { kind: 'start', ...STARTING, names: [], open: 'asked' }],
  ['run test --no-setup', { ...RUN, setup: 'skipped' }],
  ['setup', { kind: 'setup', names: [], when: 'stale', doing: 'done' }],
  ['setup backend --force --dry-run', { kind: 'setup', names: ['backend'], when: 'always', doing: 'shown' }],
  ['start 007', { kind: 'start', ...STARTING, names: ['007'] }],
  ['start backend --json', { kind: 'start', ...STARTING, names: ['backend'] }],
  ['--port 8001 start', { ...UP, names: ['start'], port: 8001 }],
  ['backend-start --timeout 500ms', { kind: 'start', ...STARTING, names: ['backend'], timeoutMs: 500 }],
  ['restart', { kind: 'restart', ...STARTING, names: [] }],
  ['backend-restart --force', { kind: 'restart', ...STARTING, names: ['backend'], mode: 'force' }],
  ['start --for 2h', { kind: 'start', ...STARTING, names: [], forMs: 7_200_000 }],
  ['stop', { kind: 'stop', names: [], mode: 'considerate' }],
  ['stop --force', { kind: 'stop', names: [], mode: 'forced' }],
  ['stop --all-worktrees --force', { kind: 'stop-in-worktrees', where: 'all-worktrees', mode: 'forced' }],
  ['stop backend frontend --json', { kind: 'stop', names: ['backend', 'frontend'], mode: 'considerate' }],
  ['backend-stop', { kind: 'stop', names: ['backend'], mode: 'considerate' }],
  ['kill backend', { kind: 'kill', names: ['backend'], mode: 'forced' }],
  ['api-v2-kill', { kind: 'kill', names: ['api-v2'], mode: 'forced' }],
  ['status', { ...STATUS, names: [] }],
  ['status --json', { ...STATUS, names: [] }],
  ['status backend --detailed', { ...STATUS, names: ['backend'], detail: 'detailed' }],
  ['--json', { ...UP, names: [] }],
  ['backend-status', { ...STATUS, names: ['backend'] }],
  ['health backend', { kind: 'health', names: ['backend'] }],
  ['backend-health --json', { kind: 'health', names: ['backend'] }],
  ['logs', LOGS],
  ['logs -f', { ...LOGS, mode: 'followed' }],
  ['logs -n 20 --errors', { ...LOGS, lines: 20, only: 'errors' }],
  [
    'backend-logs -f --timestamps',
    { ...LOGS, names: ['backend'], mode: 'followed', timestamps: 'shown', length: null },
  ],
  ['logs backend frontend --lines 0 --json', { ...LOGS, names: ['backend', 'frontend'], lines: 0 }],
  ['logs --since 10m', { ...LOGS, since: { kind: 'ago', ms: 600_000 } }],
  ['logs --since 2026-01-31', { ...LOGS, since: { kind: 'at', epochMs: new Date(2026, 0, 31).getTime() } }],
  ['wait --timeout 2m', { kind: 'wait', names: [], timeoutMs: 120_000 }],
  ['env', { kind: 'env', name: null, shell: null }],
  ['env backend --json', { kind: 'env', name: 'backend', shell: null }],
  ['env --shell fish', { kind: 'env', name: null, shell: 'fish' }],
  ['url backend', { kind: 'url', name: 'backend', of: 'service' }],
  ['url --docs', { kind: 'url', name: null, of: 'docs' }],
  ['open', { kind: 'open', name: null }],
  ['port 5000', { kind: 'port', port: 5000 }],
  ['port 5000 --json', { kind: 'port', port: 5000 }],
  ['kill-port 5000', { kind: 'kill-port', port: 5000, confirm: 'asked' }],
  ['kill-port 5000 --yes', { kind: 'kill-port', port: 5000, confirm: 'assumed' }],
  ['kill-port -y 5000', { kind: 'kill-port', port: 5000, confirm: 'assumed' }],
  ['status --watch --resources', { ...STATUS, resources: 'shown', mode: 'watched' }],
  ['status --all', { ...STATUS, detail: 'all', resources: 'shown' }],
  ['backend --fg', { kind: 'foreground', name: 'backend', mode: 'normal', port: null, ...SETUP }],
  ['up backend --fg --force --port 9000', { kind: 'foreground', name: 'backend', mode: 'force', port: 9000, ...SETUP }],
  ['run test', RUN],
  ['run test --force', { ...RUN, when: 'always' }],
  ['run test -- -k one --force', { ...RUN, args: ['-k', 'one', '--force'] }],
  ['run test --', RUN],
  ['run test -- --help', { ...RUN, args: ['--help'] }],
  ['test -- a', { ...RUN, args: ['a'] }],
  ['db-migrate', { ...RUN, task: 'db-migrate' }],
  ['run check', { ...RUN, task: 'check' }],
  ['tasks --json', { kind: 'tasks' }],
  ['config', { kind: 'config', action: 'show' }],
  [
    'config get services.backend.port',
    { kind: 'config', action: 'get', key: 'services.backend.port', secrets: 'hidden' },
  ],
  ['config get hooks.webhook --reveal', { kind: 'config', action: 'get', key: 'hooks.webhook', secrets: 'shown' }],
  ['config set logs.keep 5', { kind: 'config', action: 'set', key: 'logs.keep', value: '5' }],
  ['completion zsh', { kind: 'completion', shell: 'zsh' }],
  ['doctor', { kind: 'doctor', names: [] }],
  ['doctor backend --json', { kind: 'doctor', names: ['backend'] }],
  ['ps --json', { kind: 'ps' }],
  ['clean', { kind: 'clean', what: 'old', olderMs: null }],
  ['clean --all', { kind: 'clean', what: 'all', olderMs: null }],
  ['clean --older 30d', { kind: 'clean', what: 'old', olderMs: 30 * 86_400_000 }],
  ['nuke', { kind: 'nuke', confirm: 'asked', named: null }],
  ['nuke -y --json', { kind: 'nuke', confirm: 'assumed', named: null }],
  ['nuke --name node', { kind: 'nuke', confirm: 'asked', named: { name: 'node', where: 'project' } }],
  [
    'nuke --everywhere --name python3.11',
    { kind: 'nuke', confirm: 'asked', named: { name: 'python3.11', where: 'everywhere' } },
  ],
  ['--version', { kind: 'version' }],
  ['-V', { kind: 'version' }],
  ['version', { kind: 'version' }],
  ['help', { kind: 'help', topic: null }],
  ['help logs', { kind: 'help', topic: 'logs' }],
];

/** What needs yargs, and what it makes of it. */
const SUBTLE: readonly (readonly [string, object])[] = [
  ['--help', { kind: 'help', topic: null }],
  ['-h', { kind: 'help', topic: null }],
  ['backend --help', { kind: 'help', topic: 'up' }],
  ['logs -h', { kind: 'help', topic: 'logs' }],
  ['logs -fn 20', { ...LOGS, mode: 'followed', lines: 20 }],
  ['logs -n20', { ...LOGS, lines: 20 }],
  ['logs --lines=20', { ...LOGS, lines: 20 }],
  ['logs -f -f', { ...LOGS, mode: 'followed' }],
  ['logs --lines 1 --lines 2', { ...LOGS, lines: 2 }],
  ['up --port=9000 backend', { ...UP, names: ['backend'], port: 9000 }],
  ['up -- backend -x', { ...UP, names: ['backend', '-x'] }],
  ['up --force=false', { ...UP, names: [] }],
  ['up --force --detach=true --force=false', { ...UP, names: [], attach: 'never' }],
  ['logs --since 2026-01-31T09:00Z', { ...LOGS, since: { kind: 'at', epochMs: Date.UTC(2026, 0, 31, 9) } }],
  [
    'config set services.backend.stop.grace -- -1',
    {
      kind: 'config',
      action: 'set',
      key: 'services.backend.stop.grace',
      value: '-1',
    },
  ],
  ['test --help', { kind: 'help', topic: 'run' }],
  ['generate --force', { kind: 'generate', edited: 'overwritten', writing: 'done' }],
  ['generate --check', { kind: 'generate', edited: 'kept', writing: 'checked' }],
  ['generate --diff', { kind: 'generate', edited: 'kept', writing: 'compared' }],
  ['upgrade --force', { kind: 'upgrade', edited: 'overwritten', writing: 'done' }],
  ['uninstall --yes', { kind: 'uninstall', confirm: 'assumed', writing: 'done', config: 'keep' }],
  ['uninstall --remove-config', { kind: 'uninstall', confirm: 'asked', writing: 'done', config: 'remove' }],
  ['eject --dry-run', { kind: 'eject', confirm: 'asked', writing: 'previewed' }],
  ['restore', { kind: 'restore', action: 'restored', date: null, writing: 'done' }],
  [
    'restore 2026-05-04T10-20-30 --dry-run',
    { kind: 'restore', action: 'restored', date: '2026-05-04T10-20-30', writing: 'previewed' },
  ],
  ['restore --list', { kind: 'restore', action: 'listed', date: null, writing: 'done' }],
  ['init --yes --dry-run', { kind: 'init', confirm: 'assumed', writing: 'previewed', template: null }],
  ['detect --json', { kind: 'detect' }],
];

const WRONG: readonly (readonly [string, string])[] = [
  ['bakend', 'error: there is no command, service or task `bakend`\n  hint: Did you mean `./dev backend`?'],
  ['statu', 'error: there is no command, service or task `statu`\n  hint: Did you mean `./dev status`?'],
  [
    'backend-explode',
    'error: there is no command, service or task `backend-explode`\n  hint: `./dev help` lists the commands.',
  ],
  [
    'worker-stop',
    'error: there is no command, service or task `worker-stop`\n  hint: `./dev help` lists the commands.',
  ],
  ['up --forse', 'error: `up` has no option `--forse`\n  hint: Did you mean `--force`?'],
  ['up --no-force', 'error: `up` has no option `--no-force`\n  hint: Did you mean `--force`?'],
  [
    'backend-constructor',
    'error: there is no command, service or task `backend-constructor`\n  hint: `./dev help` lists the commands.',
  ],
  ['up backend -fx', 'error: `up` has no option `-fx`\n  hint: `./dev help up` shows what it takes.'],
  ['status --follow', 'error: `status` has no option `--follow`\n  hint: `./dev help status` shows what it takes.'],
  ['up -x', 'error: `up` has no option `-x`\n  hint: `./dev help up` shows what it takes.'],
  ['status --follow=1', 'error: `status` has no option `--follow`\n  hint: `./dev help status` shows what it takes.'],
  ['port', 'error: `port` needs a PORT\n  hint: `./dev help port` shows what it takes.'],
  ['port http', 'error: `http` is not a port\n  hint: A port is a number from 1 to 65535.'],
  ['port 5000 5001', 'error: `port` does not take `5001`\n  hint: `./dev help port` shows what it takes.'],
  ['tets', 'error: there is no command, service or task `tets`\n  hint: Did you mean `./dev test`?'],
  ['run', 'error: `run` needs a TASK\n  hint: `./dev help run` shows what it takes.'],
  ['run test -k', 'error: `run` has no option `-k`\n  hint: What is for the task goes behind `--`.'],
  ['run test one', 'error: `run` does not take `one`\n  hint: What is for the task goes behind `--`.'],
  [
    'up backend frontend --fg',
    'error: `--fg` needs exactly one service\n  hint: Write `NAME --fg`: it runs on this terminal until it ends.',
  ],
  [
    'backend --fg -d',
    'error: `--fg` does not go with `--detach`\n  hint: Write `NAME --fg`: it runs on this terminal until it ends.',
  ],
  [
    'config set a',
    'error: `config set` needs one KEY and one VALUE\n  hint: Write `config get KEY` or `config set KEY VALUE`.',
  ],
  ['config get', 'error: `config get` needs one KEY\n  hint: Write `config get KEY` or `config set KEY VALUE`.'],
  ['config edit', 'error: `config` does not take `edit`\n  hint: Write `config get KEY` or `config set KEY VALUE`.'],
  ['env --shell tcsh', 'error: `tcsh` is no shell that `env` writes for\n  hint: There are sh, bash, zsh, fish.'],
  ['completion ksh', 'error: there is no completion for `ksh`\n  hint: There is one for bash, zsh, fish.'],
  ['url a b', 'error: `url` does not take `b`\n  hint: `./dev help url` shows what it takes.'],
  ['restart --events', 'error: `--events` needs `--json`\n  hint: Write `start --json --events`.'],
  ['clean -- x', 'error: `clean` does not take `x`\n  hint: `./dev help clean` shows what it takes.'],
  ['nuke --everywhere', 'error: `--everywhere` needs a `--name`\n  hint: Write `nuke --name node --everywhere`.'],
  [
    'stop --json=1',
    'error: `--json` takes no value, so `--json=1` means nothing\n  hint: Write `--json` alone, or leave it out.',
  ],
  ['nuke -y=', 'error: `-y` takes no value, so `-y=` means nothing\n  hint: Write `-y` alone, or leave it out.'],
  [
    'start --force=yes',
    'error: `--force` takes no value, so `--force=yes` means nothing\n  hint: Write `--force` alone, or leave it out.',
  ],
  ['logs -n', 'error: `--lines` needs a value\n  hint: `./dev help logs` shows what it takes.'],
  ['logs -n ten', 'error: `--lines ten` is not a whole number from 0 to 1000000'],
  ['logs -n -5', 'error: `--lines -5` is not a whole number from 0 to 1000000'],
  [
    'logs --since yesterday',
    'error: `--since yesterday` is neither a duration nor a time\n' +
      '  hint: Write how long ago, such as `10m`, or a time such as `2026-01-31T09:00`.',
  ],
  ['metrics --prometheus --since 7d', 'error: `--prometheus` and `--since` do not go together'],
  ['metrics --prometheus --json', 'error: `--prometheus` and `--json` do not go together'],
  ['up --port 0', 'error: `0` is not a port\n  hint: A port is a number from 1 to 65535.'],
  ['up --port 65536', 'error: `65536` is not a port\n  hint: A port is a number from 1 to 65535.'],
  ['up --port 0x50', 'error: `0x50` is not a port\n  hint: A port is a number from 1 to 65535.'],
  [
    'up --port 70000 --timeout soon',
    'error: `70000` is not a port\n  hint: A port is a number from 1 to 65535.\n' +
      'error: `--timeout soon` is not a duration\n' +
      '  hint: Write a number with a unit, such as `500ms`, `90s` or `2m`.\n2 errors',
  ],
];

function words(line: string): string[] {
  return line.split(' ').filter((word) => word !== '');
}

function parse(line: string) {
  const parsed = parseArgv(words(line), NAMES, DEV);
  return parsed.ok ? parsed.value.command : parsed.error;
}

function parseWithoutYargs(line: string): object | undefined {
  return parseQuickly(expandShorthand(words(line), NAMES))?.command;
}

describe('what the command line means', () => {
  it.each(PLAIN)('is the same to both parsers: ./dev %s', (line, command) => {
    expect(parse(line)).toEqual(command);
    expect(parseWithoutYargs(line)).toEqual(command);
  });

  it.each(SUBTLE)('is left to yargs by the quick parser: ./dev %s', (line, command) => {
    expect(parse(line)).toEqual(command);
    expect(parseWithoutYargs(line)).toBeUndefined();
  });

  it.each(WRONG)('is explained when it is wrong: ./dev %s', (line, text) => {
    const parsed = parseArgv(words(line), NAMES, DEV);
    expect(parsed.ok ? parsed.value.command : describeDiagnostics(parsed.error, paintPlain).join('\n')).toBe(text);
    expect(parseWithoutYargs(line)).toBeUndefined();
  });

  it('does not hang on the language of the system', () => {
    const before = process.env.LC_ALL;
    process.env.LC_ALL = 'de_DE.UTF-8';
    try {
      const parsed = parseArgv(['logs', '--lines'], NAMES, DEV);
      expect(parsed.ok ? '' : parsed.error[0]?.message).toBe('`--lines` needs a value');
    } finally {
      if (before === undefined) delete process.env.LC_ALL;
      else process.env.LC_ALL = before;
    }
  });
});
