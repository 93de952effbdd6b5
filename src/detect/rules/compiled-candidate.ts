import { type Candidate, defaultPort, type FoundPort } from '../candidate.ts';
import type { Ecosystem } from '../commands/server-program.ts';
import type { DetectionEvidence } from '../detection.ts';
import type { Repository } from '../repository/repository.ts';
import { bestHealthRoute, type Route } from '../source/route.ts';

/** What a language's own rule knows of a server; the rest of a candidate follows from it. */
export interface ServerFacts {
  readonly cwd: string;
  readonly home: string;
  readonly ecosystem: Ecosystem;
  readonly framework: string;
  readonly command: string;
  readonly developerCommand: string;
  readonly port: FoundPort | undefined;
  readonly defaultPort: number | null;
  readonly routes: readonly Route[];
  /** The health path that the framework itself provides, if any. */
  readonly frameworkHealth?: string | null;
  readonly evidence: readonly DetectionEvidence[];
  readonly confidence: number;
  readonly kind?: Candidate['kind'];
  readonly label?: string | null;
}

/** A backend candidate with its health path chosen among its routes. */
export function serverCandidate(_repository: Repository, facts: ServerFacts): Candidate {
  const best = bestHealthRoute(facts.routes);
  const port =
    facts.port?.port == null
      ? { ...defaultPort(facts.defaultPort), variable: facts.port?.variable ?? null }
      : facts.port;
  const isRoot = facts.routes.some((route) => route.path === '/');
  const health = best?.path ?? facts.frameworkHealth ?? (isRoot ? '/' : null);
  const healthSource = best !== undefined ? 'declared' : facts.frameworkHealth ? 'framework' : isRoot ? 'route' : null;
  return {
    cwd: facts.cwd,
    home: facts.home,
    ecosystem: facts.ecosystem,
    framework: facts.framework,
    kind: facts.kind ?? 'backend',
    label: facts.label ?? null,
    entry: null,
    command: facts.command,
    developerCommand: facts.developerCommand,
    port: port.port,
    portSource: port.source,
    portRank: port.rank,
    health,
    healthSource,
    confidence: facts.confidence,
    evidence: [
      ...facts.evidence,
      ...(best === undefined ? [] : [{ file: best.file, line: best.line, says: `answers on \`${best.path}\`` }]),
    ],
    env: port.variable !== null && port.variable !== 'PORT' ? { [port.variable]: '$PORT' } : {},
    alternatives: [],
    basis: 'inferred',
  };
}
