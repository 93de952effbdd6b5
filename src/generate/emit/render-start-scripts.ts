import { configuredNames } from '../../base/instance-name.ts';
import type { Rendered } from './emitter.ts';
import { type ProjectFacts, template } from './project-facts.ts';

/** `scripts/start-NAME.sh [PORT] [--force]` for each service. */
export function renderStartScripts({ plan, templates }: ProjectFacts): Rendered<'startScripts'> {
  const text = template(templates, 'start-service.sh');
  const services = configuredNames(plan.services.map(({ name }) => name));
  return Object.fromEntries(services.map((name) => [`scripts/start-${name}.sh`, text.replaceAll('@NAME@', name)]));
}
