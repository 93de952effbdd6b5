import { randomBytes } from 'node:crypto';
import { RUN_MARK } from '../../platform/spawn-supervisor.ts';

/**
 * Name of the environment variable that every process of a run inherits. A name of its own for each run, so that a run
 * started inside another one's tree carries both.
 */
export function runTag(id: string): string {
  return `${RUN_MARK}${id}`;
}

/** 32 hexadecimal digits, never the same twice. */
export function newRunId(): string {
  return randomBytes(16).toString('hex');
}
