import type { WholeFile } from '../engine/desired-file.ts';
import type { ProjectFacts } from './project-facts.ts';
import { scriptFile } from './whole-file.ts';

/** `scripts/start-NAME.sh [PORT] [--force]` for each service. */
export function emitStartScripts({ emit, plan, templates }: ProjectFacts): readonly WholeFile[] {
  if (!emit.startScripts) return [];
  return plan.services.map(({ name }) => {
    return scriptFile(startScriptPath(name), templates.startScript.replaceAll('@NAME@', name));
  });
}

export function startScriptPath(service: string): string {
  return `scripts/start-${service}.sh`;
}
