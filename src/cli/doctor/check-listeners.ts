import { isIP } from 'node:net';
import { addressesOf } from '../../platform/addresses-of.ts';
import { listenersOfProcesses } from '../../platform/listeners.ts';
import { ephemeralRange } from '../../platform/port-binding.ts';
import { otherPorts } from '../../runtime/health/other-port.ts';
import { isReached } from '../../runtime/health/probe-address.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { error, type Finding, warning } from './finding.ts';

/** Whether what runs listens where it was told, and where its URL leads. */
export async function checkListeners({ services, states }: DoctorFacts): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { name: service, host, runs } of services) {
    // Its engine listens for it.
    if (runs.kind === 'container') continue;
    const { record, status, members, isRootAlive } = states.get(service) ?? {};
    if (typeof record !== 'object' || members === undefined || !isRootAlive) continue;
    const told = record.givenPorts[service] ?? null;
    if (told === null || (typeof status === 'object' && status.state === 'starting')) continue;
    const listeners = listenersOfProcesses(members.map(({ identity }) => identity.pid));
    const listening = [...new Set(listeners.filter(({ port }) => port === told).map(({ address }) => address))];
    const actual = [...new Set(otherPorts({ listeners, toldPort: told, host, ephemeral: ephemeralRange() }))];
    const where = { service, port: told, pid: record.root?.pid ?? 0 };
    if (listening.length > 0) {
      const addresses = await meaningOf(host);
      if (isReached(listening, addresses)) continue;
      findings.push(error({ code: 'address-family', service, host, addresses, listening }, where));
    } else if (actual.length > 0) findings.push(warning({ code: 'other-port', service, told, actual }, where));
    else findings.push(error({ code: 'not-listening', service, port: told }, where));
  }
  return findings;
}

/** What the host of a URL means on this machine; empty: nothing that could be judged. */
async function meaningOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  // A resolver that does not know this name is not asked by browsers, which know what it means.
  return host === 'localhost' ? addressesOf(host) : [];
}
