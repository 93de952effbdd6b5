import type { Candidate } from '../candidate.ts';

/** A service that can be pointed at. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly candidate: Candidate;
}
