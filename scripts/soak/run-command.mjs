import { spawn } from 'node:child_process';
import { dirname } from 'node:path';

/** Runs it in its own folder, unless `cwd` names another. `code` is null when it did not end in time and was killed. */
export function runCommand(file, { args, killAfterMs, environment, cwd = dirname(file) }) {
  const child = spawn(file, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const limit = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code, stdout: output, output: output + errors });
    });
  });
}
