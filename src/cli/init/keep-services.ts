import type { DetectedService, Detection } from '../../detect/detection.ts';
import { referencesTo } from '../../plan/references-to.ts';

/** The detection without the services that the user does not want; nothing refers to them any more but a note. */
export function keepServices({ services, setup, migrations, notes }: Detection, kept: readonly string[]): Detection {
  const left = services.filter(({ name }) => !kept.includes(name));
  return {
    services: services.filter(({ name }) => kept.includes(name)).map((service) => withoutReferences(service, left)),
    setup: setup.filter((step) => step.services.some((name) => kept.includes(name))),
    migrations: migrations.filter(({ service }) => kept.includes(service)),
    notes: [...notes, ...left.map(({ name, command }) => `\`${name}\` was found too and left out: ${command}`)],
  };
}

function withoutReferences(service: DetectedService, left: readonly DetectedService[]): DetectedService {
  const names = left.map(({ name }) => name);
  const naming = new Set(names.flatMap((name) => referencesTo(service, name).env));
  const env = Object.entries(service.env).filter(([variable]) => !naming.has(variable));
  return {
    ...service,
    dependsOn: service.dependsOn.filter((name) => !names.includes(name)),
    env: Object.fromEntries(env),
  };
}
