import type { Candidate } from '../candidate.ts';

/** A service that can be pointed at. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly candidate: Candidate;
}

/** How the environment calls a service: `my-api` is told as `MY_API_URL`, `MY_API_HOST` and `MY_API_PORT`. */
export function variableOf({ name }: Pick<Target, 'name'>): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
