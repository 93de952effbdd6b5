import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { killQuietly } from './processes.ts';
import type { Project } from './project.ts';
import { waitUntil } from './wait-until.ts';

/** A command on a terminal, as a person has it before them. */
export interface Terminal {
  /** Everything shown so far, without colours, with `\n` at the ends of lines. */
  shown(): string;
  /** The same as it came, escape sequences included. */
  raw(): string;
  press(keys: string): void;
  /** Waits until the screen has shown `text`. */
  see(text: string | RegExp, limitMs?: number): Promise<void>;
  /** Closes the window: the command is hung up. */
  close(): void;
  /** Exit code of the command. */
  readonly exited: Promise<number | null>;
}

export const CTRL_C = '\x03';

export function openTerminal(
  project: Pick<Project, 'root' | 'environment'>,
  file: string,
  args: readonly string[] = [],
): Terminal {
  const driver = spawn('python3', [join(import.meta.dirname, 'terminal.py'), file, ...args], {
    cwd: project.root,
    env: project.environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  driver.stdin.on('error', () => undefined); // Typed after the end.
  let shown = '';
  driver.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const exited = new Promise<number | null>((resolve) => driver.once('close', resolve));
  onTestFinished(() => {
    if (driver.pid !== undefined && driver.exitCode === null) killQuietly(driver.pid);
  });
  const plain = () => stripVTControlCharacters(shown).replaceAll('\r\n', '\n');
  return {
    shown: plain,
    raw: () => shown,
    press: (keys) => driver.stdin.write(keys),
    async see(text, limitMs) {
      const isShown = () => (typeof text === 'string' ? plain().includes(text) : text.test(plain()));
      await waitUntil(isShown, limitMs).catch((cause: unknown) => {
        throw new Error(`the terminal never showed ${text}; it shows:\n${plain()}`, { cause });
      });
    },
    close: () => void driver.stdin.end(),
    exited,
  };
}
