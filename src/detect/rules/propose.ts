import { type Candidate, type FoundPort, portOr } from '../candidate.ts';
import type { Ecosystem } from '../commands/server-program.ts';
import type { DetectionEvidence, ServiceKind } from '../detection.ts';
import type { Route } from '../source/route.ts';
import { type FoundHealth, healthAmong, NO_HEALTH } from './found-health.ts';

/** What a rule knows of a service; the rest of a candidate follows from it. */
export interface Proposal {
  readonly cwd: string;
  /** `cwd`, unless the code lives elsewhere. */
  readonly home?: string;
  readonly ecosystem: Ecosystem;
  readonly framework: string;
  readonly kind: ServiceKind;
  readonly command: string;
  readonly developerCommand: string;
  readonly port: FoundPort;
  /** By default whether its port is read from `PORT`. */
  readonly readsPort?: boolean;
  readonly health?: FoundHealth;
  readonly docs?: string | null;
  readonly confidence: number;
  readonly evidence: readonly DetectionEvidence[];
  readonly label?: string | null;
  readonly entry?: string | null;
  /** By default the variable that the port is read from, set to `$PORT`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly alternatives?: Candidate['alternatives'];
  readonly basis?: Candidate['basis'];
}

/** The candidate of a proposal. */
export function propose(proposal: Proposal): Candidate {
  const { port, health = NO_HEALTH, evidence } = proposal;
  return {
    cwd: proposal.cwd,
    home: proposal.home ?? proposal.cwd,
    ecosystem: proposal.ecosystem,
    framework: proposal.framework,
    kind: proposal.kind,
    label: proposal.label ?? null,
    entry: proposal.entry ?? null,
    command: proposal.command,
    container: null,
    developerCommand: proposal.developerCommand,
    port: port.port,
    portSource: port.source,
    portRank: port.rank,
    readsPort: proposal.readsPort ?? port.variable === 'PORT',
    health: health.health,
    healthSource: health.healthSource,
    docs: proposal.docs ?? null,
    confidence: proposal.confidence,
    evidence: [...evidence, ...health.evidence],
    env: proposal.env ?? portEnvironment(port),
    alternatives: proposal.alternatives ?? [],
    basis: proposal.basis ?? 'inferred',
  };
}

/**
 * The environment that moves a server to `$PORT`: the variable it reads, unless that is `PORT`, which every service is
 * given.
 */
export function portEnvironment({ variable }: Pick<FoundPort, 'variable'>): Readonly<Record<string, string>> {
  return variable === null || variable === 'PORT' ? {} : { [variable]: '$PORT' };
}

/** What the rule of a compiled or scripted language knows of a backend. */
export interface BackendFacts extends Omit<Proposal, 'kind' | 'port' | 'health'> {
  readonly kind?: ServiceKind;
  readonly port: FoundPort | undefined;
  readonly defaultPort: number | null;
  readonly routes: readonly Route[];
  /** The health path that the framework itself provides, if any. */
  readonly frameworkHealth?: string | null;
}

/** A backend candidate with its health path chosen among its routes. */
export function proposeBackend(facts: BackendFacts): Candidate {
  const health = healthAmong(facts.routes, facts.frameworkHealth ?? null);
  return propose({ ...facts, kind: facts.kind ?? 'backend', port: portOr(facts.port, facts.defaultPort), health });
}
