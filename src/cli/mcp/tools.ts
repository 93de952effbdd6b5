import type { CommandName } from '../../base/commands.ts';
import type { Arguments, Parameter, Parameters } from './tool-parameter.ts';

/** A tool for coding agents: a command of `./dev`, and what there is to know before it is called. */
export interface Tool {
  readonly name: Extract<CommandName, string>;
  readonly title: string;
  readonly description: string;
  readonly parameters: Parameters;
  readonly required: readonly string[];
  /** What is in its answer, as JSON Schema. */
  readonly output: Readonly<Record<string, object>>;
  readonly hints: Hints;
  /** The words behind the command's name; `--json` comes after them. */
  words(given: Arguments): readonly string[];
  /** The words behind `--`. */
  readonly rest?: (given: Arguments) => readonly string[];
}

/** Source: modelcontextprotocol.io, schema, ToolAnnotations */
interface Hints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** No option can be made of it. */
const NAME = '^[A-Za-z0-9][\\w.-]{0,99}$';
const TIME = '^[0-9A-Za-z][\\w:.+-]{0,49}$';
/** No operating system hands a NUL to a process, nor a text of any length. */
const WORD = '^[^\\u0000]{0,2000}$';
const MOST_LINES = 200;

const names: Parameter = {
  type: 'array',
  items: { type: 'string', pattern: NAME },
  maxItems: 50,
  description: 'Services; left out: all.',
};
const since: Parameter = {
  type: 'string',
  pattern: TIME,
  description: 'Only what is newer: `10m`, a time, or the `cursor` of an earlier answer.',
};

const LIST = { type: 'array', items: { type: 'object' } };
const TEXT = { type: 'string' };
const READS: Hints = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const namesOf = (given: Arguments): readonly string[] => given.list('names');
const sinceOf = (given: Arguments): readonly string[] => option('--since', given.text('since'));

/** In the order in which an agent comes to need them. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'status',
    title: 'Dev servers: what runs',
    description: 'Which dev servers of this project run, at which URL, since when, how well. Instant.',
    parameters: { names },
    required: [],
    output: { project: TEXT, services: LIST },
    hints: READS,
    words: namesOf,
  },
  {
    name: 'start',
    title: 'Dev servers: start',
    description: 'Starts dev servers with what they depend on, and returns when they are ready. Harmless if they run.',
    parameters: { names },
    required: [],
    output: { services: LIST },
    hints: { ...READS, readOnlyHint: false },
    words: namesOf,
  },
  {
    name: 'stop',
    title: 'Dev servers: stop',
    description: 'Stops dev servers with everything they started. Only when they are no longer needed.',
    parameters: { names, force: { type: 'boolean', description: 'Though another agent or a person uses them.' } },
    required: [],
    output: { services: LIST },
    hints: { ...READS, readOnlyHint: false, destructiveHint: true },
    words: (given) => [...namesOf(given), ...(given.isSet('force') ? ['--force'] : [])],
  },
  {
    name: 'restart',
    title: 'Dev servers: restart',
    description: 'Stops and starts dev servers: for those that do not reload an edit by themselves.',
    parameters: { names },
    required: [],
    output: { services: LIST },
    hints: { ...READS, readOnlyHint: false, destructiveHint: true, idempotentHint: false },
    words: namesOf,
  },
  {
    name: 'settle',
    title: 'Did my edit work?',
    description:
      'Call it after each edit: waits until the servers have reloaded (at most 20 s), then tells whether they are ' +
      'well, and which errors are new since the last call or not mended.',
    parameters: { names, since },
    required: [],
    output: { outcome: TEXT, services: LIST, cursor: TEXT, errors: LIST },
    hints: READS,
    words: (given) => [...namesOf(given), ...sinceOf(given), '--timeout', '20s'],
  },
  {
    name: 'errors',
    title: 'Errors in the logs',
    description: 'The errors that the servers printed since their start: kind, message, place, count, whether mended.',
    parameters: { names, since },
    required: [],
    output: { errors: LIST },
    hints: READS,
    words: (given) => [...namesOf(given), ...sinceOf(given)],
  },
  {
    name: 'logs',
    title: 'Logs',
    description: 'The last lines that the servers wrote, merged by time. Ask `errors` or `settle` first.',
    parameters: {
      names,
      since,
      lines: { type: 'integer', minimum: 1, maximum: MOST_LINES, description: 'How many at most; default 40.' },
      grep: { type: 'string', pattern: WORD, description: 'Only lines with this text in them, in any case.' },
    },
    required: [],
    output: { lines: LIST, cursor: TEXT },
    hints: READS,
    words: (given) => [...namesOf(given), ...sinceOf(given), '-n', searchedLines(given)],
  },
  {
    name: 'run',
    title: 'Run a task',
    description:
      'Runs one of the tasks of the project, such as its tests, with the servers it needs. When it is still running ' +
      'after 24 s the answer says so: call it again with the same arguments to wait on.',
    parameters: {
      task: { type: 'string', pattern: NAME, description: 'Its name, as in the config.' },
      args: {
        type: 'array',
        items: { type: 'string', pattern: WORD },
        maxItems: 50,
        description: 'Handed on to the command of the task.',
      },
    },
    required: ['task'],
    output: { task: TEXT, exitCode: { type: 'integer' }, tasks: LIST, output: { type: 'array', items: TEXT } },
    hints: { ...READS, readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    words: (given) => [given.text('task') ?? ''],
    rest: (given) => given.list('args'),
  },
];

/** How many lines of a log are asked for. */
export function linesOf(given: Arguments): number {
  return given.number('lines') ?? 40;
}

/** What is looked for may lie far back. */
function searchedLines(given: Arguments): string {
  return given.text('grep') === undefined ? String(linesOf(given)) : '5000';
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}
