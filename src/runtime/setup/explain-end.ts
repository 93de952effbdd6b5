import { cleanText } from '../../base/clean-text.ts';
import { missingTool } from '../../base/missing-tool.ts';
import type { CommandOutcome } from '../../platform/run-command.ts';
import type { EndedBadly, SetupFailure } from './setup-failure.ts';

const SHOWN_LINES = 20;
/** pip lists every version that there is on one line. */
const SHOWN_COLUMNS = 400;

/** Exit code of a command that there is not. Source: POSIX.1-2024, Shell Command Language, 2.8.2. */
const NOT_FOUND = 127;

/** What package managers and resolvers say when they reach nothing. */
const OFFLINE = new RegExp(
  [
    'ENOTFOUND|EAI_AGAIN|ENETUNREACH|ERR_INTERNET_DISCONNECTED|getaddrinfo',
    'could not resolve host|temporary failure in name resolution|name or service not known|no such host',
    'network is unreachable|failed to establish a new connection|nodename nor servname',
    'dns error|spurious network error|unable to connect to|could not connect to server',
  ].join('|'),
  'i',
);

/** Debian keeps what `python3 -m venv` needs in a package of its own. */
const NO_VENV = /ensurepip is not available|No module named '?venv/;

/** What package managers say when the interpreter or toolchain that they run on is too old or too new. */
const WRONG_VERSION = new RegExp(
  [
    'Requires-Python|requires a different Python|current Python version .* not allowed|No interpreter found for Python',
    "incompatible with the project's Python requirement|npm error code EBADENGINE|The engine \\S+ is incompatible",
    '(?:py|rb|nod)env: version \\S+ is not installed',
    'ERR_PNPM_UNSUPPORTED_ENGINE|Your Ruby version is|requires go >=|requires rustc \\d',
    'your php version .* not satisfy',
    'compatible \\.NET SDK was not found',
  ].join('|'),
);

export type CommandEnd =
  | { readonly kind: 'succeeded' | 'aborted' }
  | { readonly kind: 'tool-missing'; readonly tool: string }
  | { readonly kind: 'wrong-version'; readonly end: EndedBadly }
  | { readonly kind: 'failed'; readonly failure: SetupFailure };

/** What the end of a step's command means. `program`: what it runs first; empty where only a shell could tell. Pure. */
export function explainEnd({ code, signal, ended, output }: CommandOutcome, program: string): CommandEnd {
  if (ended === 'aborted') return { kind: 'aborted' };
  if (ended === 'not-started') return { kind: 'tool-missing', tool: program };
  if (code === 0) return { kind: 'succeeded' };
  const tool = code === NOT_FOUND ? missingTool(output) : undefined;
  if (tool !== undefined) return { kind: 'tool-missing', tool };
  const end = { code, signal, output: lastLines(output) };
  if (NO_VENV.test(output)) return { kind: 'failed', failure: { reason: 'no-venv', ...end } };
  if (OFFLINE.test(output)) return { kind: 'failed', failure: { reason: 'offline', ...end } };
  if (WRONG_VERSION.test(output)) return { kind: 'wrong-version', end };
  return { kind: 'failed', failure: { reason: 'ended', ...end } };
}

/** Without what redraws a terminal's line, and without empty lines. */
function lastLines(output: string): readonly string[] {
  const lines = output.split('\n').map((line) => cleanText(line.replace(/^[^\n]*\r(?!$)/, ''), 'plain').trimEnd());
  return lines
    .filter((line) => line !== '')
    .slice(-SHOWN_LINES)
    .map((line) => (line.length > SHOWN_COLUMNS ? `${line.slice(0, SHOWN_COLUMNS)}…` : line));
}
