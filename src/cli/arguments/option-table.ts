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

export const AS_JSON = flagOption('json', 'print one JSON document');
export const NO_SETUP = flagOption('no-setup', 'start without what `setup` would do first');
export const YES = flagOption('yes', 'do not ask', 'y');
export const DRY_RUN = flagOption('dry-run', 'show what would be written, write nothing');
export const FORCE_GENERATE = flagOption('force', 'overwrite edited generated files, keeping a copy of each');
export const PORT = valued('port', 'PORT', 'the port to use this time (for one service)');
const TEMPLATE = valued(
  'template',
  'NAME',
  'in an empty repository, first write an app: `flask-vite`, `fastapi-vite`, `express-vite`, `node`',
);
export const TIMEOUT = valued('timeout', 'TIME', 'how long to wait for readiness, such as `90s` or `2m`');
export const SINCE = valued('since', 'TIME', 'only lines written since, such as `10m` or `2026-01-31T09:00`');

export const INIT_OPTIONS = [YES, DRY_RUN, TEMPLATE];

/** Given or not. */
export function flagOption(name: string, summary: string, short: string | null = null): OptionSpec {
  return { name, short, value: null, summary };
}

/** With a value as the next word or behind `=`; `value` is how help calls it. */
export function valued(name: string, value: string, summary: string, short: string | null = null): OptionSpec {
  return { name, short, value, summary };
}
