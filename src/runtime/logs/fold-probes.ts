import { cleanText } from '../../base/clean-text.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { isErrorLine } from './error-lines.ts';
import type { LogLine } from './merge-logs.ts';

/** What to do with a line: `noted` is one that a probe of ours caused, for the first time. */
export type LineFate = 'shown' | 'noted' | 'folded';

export interface ProbeFold {
  /** The service is asked now. */
  probed(service: string): void;
  fateOf(line: Pick<LogLine, 'service' | 'text'>): LineFate;
}

/** A server writes of a request when it has answered it. */
const CAUSED_WITHIN_MS = 2000;

/**
 * Keeps the lines out of a view that our own health probes cause in a server's access log: of each probe one line at
 * most, which names the path that was asked for, and is no error.
 */
export function foldProbes(services: readonly ServicePlan[], now: () => number): ProbeFold {
  const patterns = new Map(services.flatMap((service) => patternOf(service)));
  const probes = new Map<string, readonly number[]>();
  const noted = new Set<string>();
  const recentOf = (service: string): readonly number[] =>
    (probes.get(service) ?? []).filter((at) => now() - at <= CAUSED_WITHIN_MS);
  return {
    probed: (service) => void probes.set(service, [...recentOf(service), now()]),
    fateOf({ service, text }) {
      const recent = recentOf(service);
      const isCaused = recent.length > 0 && patterns.get(service)?.test(cleanText(text, 'plain')) === true;
      probes.set(service, isCaused ? recent.slice(1) : recent);
      if (!isCaused || isErrorLine(text)) return 'shown';
      if (noted.has(service)) return 'folded';
      noted.add(service);
      return 'noted';
    },
  };
}

/** `GET /health`, as one access log or another has it; of what is asked otherwise no line tells. */
function patternOf({ name, health: { probe } }: ServicePlan): readonly (readonly [string, RegExp])[] {
  const path = probe.kind === 'http' ? probe.target : probe.kind === 'any-answer' ? '/' : '';
  if (!path.startsWith('/')) return [];
  const literal = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [[name, new RegExp(`\\bGET["'\\s]+(?:https?://[^/\\s"']+)?${literal}(?=["'\\s]|$)`)]];
}
