import type { Ecosystem } from './commands/server-program.ts';
import type { Alternative, DetectedContainer, DetectionEvidence, HealthSource, ServiceKind } from './detection.ts';
import type { Repository } from './repository/repository.ts';

/** A possible service as one rule sees it; candidates for the same thing are merged afterwards. */
export interface Candidate {
  /** Where the command runs. */
  readonly cwd: string;
  /** Where the code of the service lives; decides what is the same service. */
  readonly home: string;
  readonly ecosystem: Ecosystem;
  readonly framework: string;
  readonly kind: ServiceKind;
  /** A name that the repository itself uses, or `null`: then the directory names it. */
  readonly label: string | null;
  /**
   * The file that is run, to tell two servers of one directory apart; `null` where the framework has one server a
   * directory.
   */
  readonly entry: string | null;
  readonly command: string;
  /** What is to be run in place of the command; `null`: the command. */
  readonly container: DetectedContainer | null;
  readonly developerCommand: string;
  readonly port: number | null;
  readonly portSource: string;
  /** How sure the port is: a stated one beats a default. */
  readonly portRank: PortRank;
  /** Whether it listens on the `PORT` of its environment, with no word of that in its command. */
  readonly readsPort: boolean;
  readonly health: string | null;
  readonly healthSource: HealthSource | null;
  /** Where its framework puts the documentation of its API. */
  readonly docs: string | null;
  readonly confidence: number;
  readonly evidence: readonly DetectionEvidence[];
  readonly env: Readonly<Record<string, string>>;
  readonly alternatives: readonly Alternative[];
  /**
   * `named`: a script, a Procfile or a task runner starts it; `inferred`: only its manifests and sources say so;
   * `fallback`: the last resort (production script, README).
   */
  readonly basis: 'named' | 'inferred' | 'fallback';
}

/**
 * 0 unknown, 1 framework default, 2 example file or container mapping, 3 source or configuration, 4 flag in the
 * command.
 */
export type PortRank = 0 | 1 | 2 | 3 | 4;

/** A rule looks at a whole repository and proposes candidates; it neither throws nor writes. */
export type Rule = (repository: Repository) => readonly Candidate[];

/** A port with where it was read. */
export interface FoundPort {
  readonly port: number | null;
  readonly source: string;
  readonly rank: PortRank;
  /** The environment variable that sets it, when the code reads one. */
  readonly variable: string | null;
}

export const NO_PORT: FoundPort = { port: null, source: '', rank: 0, variable: null };

/** A port that the repository does not state. */
export function defaultPort(port: number | null): FoundPort {
  return port === null ? NO_PORT : { port, source: 'framework default', rank: 1, variable: null };
}

/** A port as found, or the default under the same variable. */
export function portOr(found: FoundPort | undefined, port: number | null): FoundPort {
  return found?.port == null ? { ...defaultPort(port), variable: found?.variable ?? null } : found;
}

/** Whether a service answers requests of a browser or a client of the application. */
export function isServer({ kind }: Pick<Candidate, 'kind'>): boolean {
  return kind === 'backend' || kind === 'frontend' || kind === 'fullstack';
}
