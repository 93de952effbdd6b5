import type { ConfigPath } from '../config/source.ts';
import type { ServicePlan } from './plan.ts';
import type { ProbePlan } from './probe-plan.ts';

/** A text in which variables are expanded, and its place below the service in the config. */
export interface ServiceText {
  readonly text: string;
  readonly key: ConfigPath;
}

/** For each part of a service its texts; `null`: nothing is expanded in it. */
const TEXTS: { readonly [Key in keyof ServicePlan]: ((service: ServicePlan) => readonly ServiceText[]) | null } = {
  command: ({ command }) => [{ text: command, key: ['command'] }],
  before: ({ before }) => (before === null ? [] : [{ text: before, key: ['before'] }]),
  health: ({ health }) => probeTexts(health.probe),
  waitFor: ({ waitFor }) => waitFor.map((text, index) => ({ text, key: ['waitFor', index] })),
  port: ({ port }) => (port.kind === 'wanted' ? [{ text: port.expression, key: ['port'] }] : []),
  env: ({ env }) => Object.entries(env).map(([name, text]) => ({ text, key: ['env', name] })),
  name: null,
  runs: null,
  cwd: null,
  host: null,
  onConflict: null,
  restart: null,
  stop: null,
  nice: null,
  dependsOn: null,
  envFiles: null,
  docs: null,
  open: null,
  /** Of other files than the config. */
  dotenv: null,
};

/** All texts of a service, as the config writes them, in which variables are expanded. */
export function expandedTexts(service: ServicePlan): readonly ServiceText[] {
  return Object.values(TEXTS).flatMap((read) => read?.(service) ?? []);
}

function probeTexts(probe: ProbePlan): readonly ServiceText[] {
  switch (probe.kind) {
    case 'http':
      return [{ text: probe.target, key: ['health', 'http'] }];
    case 'command':
      return [{ text: probe.command, key: ['health', 'command'] }];
    case 'log':
    case 'tcp':
    case 'image':
    case 'any-answer':
    case 'process':
      return [];
  }
}
