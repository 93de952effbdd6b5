import { spawn } from 'node:child_process';

/** How a command ended, and everything it said. */
export interface Finished {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Default 60 s. */
  readonly limitMs?: number;
  readonly input?: string;
}

/** After its end no other process may hold a command's output: `$(./dev start)` and `./dev start | cat` would hang. */
const OUTPUT_CLOSES_WITHIN_MS = 3000;

/** Runs a command to its end; throws when it exceeds the limit or leaves its output open. */
export function run(file: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const { cwd, environment, limitMs = 60_000, input = '' } = options;
  const startedAt = performance.now();
  const child = spawn(file, args, { cwd, env: environment, detached: true });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined); // The command need not read what it is given.
  child.stdin.end(input);
  const what = [file, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      killGroup(child.pid);
      reject(new Error(`\`${what}\` did not end within ${limitMs} ms\n${said(stdout, stderr)}`));
    }, limitMs);
    let held: NodeJS.Timeout | undefined;
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(limit);
      held = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        reject(new Error(`\`${what}\` ended, but something it started holds its output\n${said(stdout, stderr)}`));
      }, OUTPUT_CLOSES_WITHIN_MS);
    });
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      clearTimeout(held);
      resolve({ code, signal, stdout, stderr, tookMs: performance.now() - startedAt });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

function said(stdout: string, stderr: string): string {
  return `--- stdout\n${stdout}\n--- stderr\n${stderr}`;
}
