/** One option as `--help`, the parsers and shell completion know it. */
export interface OptionSpec {
  /** The long name, without dashes. */
  readonly name: string;
  /** One letter, without dash. */
  readonly short: string | null;
  /** How help calls its value; `null`: a flag. */
  readonly value: string | null;
  readonly summary: string;
}

export const FORCE = flag('force', 'take the wanted port back from its holder; start anew what runs');
export const DETACH = flag('detach', 'return as soon as everything is ready', 'd');
export const AS_JSON = flag('json', 'print one JSON document');
export const DETAILED = flag('detailed', 'everything that is known about each service');
export const FOREGROUND = flag('fg', 'run one service on this terminal, for a debugger or prompts');
export const RESOURCES = flag('resources', 'processor and memory use of each service with everything it started');
export const ALL = flag('all', 'all of this, the last log lines, and how the machine is doing');
export const WATCH = flag('watch', 'draw it anew each second, until Ctrl+C');
export const FORCE_TASK = flag('force', 'run it even if its inputs are unchanged');
export const FOLLOW = flag('follow', 'keep printing what is written', 'f');
export const ERRORS = flag('errors', 'only lines that look like errors');
export const TIMESTAMPS = flag('timestamps', 'put the time before each line');
export const EVERYWHERE = flag('everywhere', 'with `--name`: also outside the project');
export const ALL_STATE = flag('all', 'stop everything, remove all logs and state');
export const YES = flag('yes', 'do not ask', 'y');
export const DRY_RUN = flag('dry-run', 'show what would be written, write nothing');
export const DIFF = flag('diff', 'show every difference that writing would make, write nothing');
export const CHECK = flag('check', 'write nothing, fail if something would be written');
export const FORCE_GENERATE = flag('force', 'overwrite edited generated files, keeping a copy of each');
export const FORCE_EXPORT = flag('force', 'with `--write`: overwrite files of yours, keeping a copy of each');
export const REMOVE_CONFIG = flag('remove-config', 'remove the config too, unless you edited it');
export const WRITE = flag('write', 'write the files below `deploy/` instead of printing them');
export const LIST = flag('list', 'show which backups there are, restore nothing');
export const PORT = valued('port', 'PORT', 'the port to use this time (for one service)');
const TEMPLATE = valued(
  'template',
  'NAME',
  'in an empty repository, first write an app: `flask-vite`, `fastapi-vite`, `express-vite`, `node`',
);
export const PROGRAM = valued('name', 'NAME', 'also programs of this name that work in the project');
export const TIMEOUT = valued('timeout', 'TIME', 'how long to wait for readiness, such as `90s` or `2m`');
export const LINES = valued('lines', 'N', 'how many of the last lines (default: 100)', 'n');
export const SINCE = valued('since', 'TIME', 'only lines written since, such as `10m` or `2026-01-31T09:00`');

export const INIT_OPTIONS = [YES, DRY_RUN, TEMPLATE];

function flag(name: string, summary: string, short: string | null = null): OptionSpec {
  return { name, short, value: null, summary };
}

function valued(name: string, value: string, summary: string, short: string | null = null): OptionSpec {
  return { name, short, value, summary };
}
