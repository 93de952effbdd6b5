import type { ServicePlan } from '../../plan/plan.ts';
import { listenersOn } from '../../platform/listeners.ts';
import { type DoctorFacts, portNow } from './doctor-facts.ts';
import type { Finding } from './finding.ts';
import { judgeViteSetting } from './judge-vite.ts';
import { viteOf } from './vite-of.ts';

/** The Vite configs of services that run Vite, as far as they are literal, against the ports there are. */
export function checkVite(facts: DoctorFacts): readonly Finding[] {
  return facts.services.flatMap((service) => checkService(service, facts));
}

function checkService({ name, cwd, command, dependsOn }: ServicePlan, facts: DoctorFacts): readonly Finding[] {
  const { root, plan } = facts.checkout;
  const vite = viteOf({ cwd, command }, root);
  if (vite === undefined) return [];
  const { called, file, settings } = vite;
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
  return settings.flatMap((setting) => judgeViteSetting(setting, around));
}
