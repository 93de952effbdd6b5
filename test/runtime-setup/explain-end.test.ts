import { expect, test } from 'vitest';
import type { CommandOutcome } from '../../src/platform/run-command.ts';
import { explainEnd } from '../../src/runtime/setup/explain-end.ts';

function outcome(code: number, output: string): CommandOutcome {
  return { code, signal: null, output, ended: 'by-itself' };
}

test.each([
  ['sh: 1: uv: not found', 'uv'],
  ['/bin/bash: line 1: pnpm: command not found', 'pnpm'],
  ["env: 'poetry': No such file or directory", 'poetry'],
  ['zsh: command not found: mix', 'mix'],
])('a shell that says %j misses a tool', (output, tool) => {
  expect(explainEnd(outcome(127, `some words\n${output}\n`), '')).toEqual({ kind: 'tool-missing', tool });
});

test.each([
  'npm error code ENOTFOUND',
  'npm error request failed, reason: getaddrinfo EAI_AGAIN example.invalid',
  "fatal: unable to access 'x': Could not resolve host: example.invalid",
  'Failed to establish a new connection: [Errno -3] Temporary failure in name resolution',
  'dial tcp: lookup example.invalid: no such host',
  'warning: spurious network error (3 tries remaining)',
])('%j means that there is no network', (output) => {
  expect(explainEnd(outcome(1, output), 'npm')).toMatchObject({ failure: { reason: 'offline', output: [output] } });
});

test('Debian without python3-venv is told from other failures', () => {
  const output = 'The virtual environment was not created successfully because ensurepip is not available.';
  expect(explainEnd(outcome(1, output), 'python3')).toMatchObject({ failure: { reason: 'no-venv' } });
});

test.each([
  'ERROR: Ignored the following versions that require a different python version: 6.0 Requires-Python >=3.12',
  "error: The requested interpreter resolved to Python 3.11.7, which is incompatible with the project's Python requirement: `>=3.12`",
  'The current Python version (3.11.7) is not allowed by the project',
  'npm error code EBADENGINE',
  'error next@16.0.0: The engine "node" is incompatible with this module.',
  "pyenv: version `3.14' is not installed (set by /project/.python-version)",
  'Your Ruby version is 3.1.2, but your Gemfile specified 3.4.1',
  'go: go.mod requires go >= 1.99 (running go 1.26.8)',
])('%j means that another version is needed', (output) => {
  expect(explainEnd(outcome(1, output), 'x')).toMatchObject({ kind: 'wrong-version', end: { output: [output] } });
});

test('the last lines are shown as a terminal would show them', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
  const end = explainEnd(outcome(2, `${lines}\n\n10 %\r50 %\r\u001b[31mbroken\u001b[0m\n`), 'x');
  expect(end).toMatchObject({ kind: 'failed', failure: { reason: 'ended', code: 2 } });
  if (end.kind !== 'failed' || !('output' in end.failure)) throw new Error('no output');
  expect(end.failure.output).toHaveLength(20);
  const long = explainEnd(outcome(1, 'x'.repeat(5000)), 'x');
  expect(long).toMatchObject({ failure: { output: [`${'x'.repeat(400)}…`] } });
  expect(end.failure.output.at(-1)).toBe('broken');
});

test('a step that was broken off has not failed', () => {
  expect(explainEnd({ code: null, signal: 'SIGTERM', output: '', ended: 'aborted' }, 'x')).toEqual({ kind: 'aborted' });
});
