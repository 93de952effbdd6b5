import { join } from 'node:path';
import type { ServicePlan } from '../../plan/plan.ts';
import { listenersOn } from '../../platform/listeners.ts';
import { readTextIfThere } from '../../platform/regular-file.ts';
import { type DoctorFacts, portNow } from './doctor-facts.ts';
import type { Finding } from './finding.ts';
import { judgeViteSetting } from './judge-vite.ts';
import { readPackage, scriptCalled } from './package-files.ts';
import { readViteConfig } from './read-vite-config.ts';

/** In the order in which Vite looks for them. */
const EXTENSIONS = ['js', 'mjs', 'ts', 'cjs', 'mts', 'cts'];

/** The Vite configs of services that run Vite, as far as they are literal, against the ports there are. */
export function checkVite(facts: DoctorFacts): readonly Finding[] {
  return facts.services.flatMap((service) => checkService(service, facts));
}

function checkService({ name, cwd, command, dependsOn }: ServicePlan, facts: DoctorFacts): readonly Finding[] {
  const { root, plan } = facts.checkout;
  const called = `${command} ${readPackage(join(root, cwd))?.scripts[scriptCalled(command) ?? ''] ?? ''}`;
  if (!/\bvite\b|react-router/.test(called)) return [];
  const files = EXTENSIONS.map((extension) => join(cwd, `vite.config.${extension}`));
  const file = files.find((each) => readTextIfThere(join(root, each)) !== undefined) ?? '';
  const others = plan.services
    .filter(({ name: other, port }) => other !== name && port.kind !== 'none')
    .map(({ name: service }) => ({
      service,
      port: portNow(facts, service),
      wanted: facts.wanted.get(service) ?? null,
      isDependency: dependsOn.includes(service),
    }));
  const around = {
    service: name,
    port: facts.wanted.get(name) ?? null,
    isPortPassed: /--port\b|\$\{?\w*PORT\b/.test(called),
    file,
    others,
    isListenedOn: (port: number) => listenersOn(port).length > 0,
  };
  return readViteConfig(readTextIfThere(join(root, file)) ?? '').flatMap((setting) =>
    judgeViteSetting(setting, around),
  );
}
