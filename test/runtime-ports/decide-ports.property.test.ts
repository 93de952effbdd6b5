import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnsafePort } from '../../src/base/unsafe-ports.ts';
import type { WantedPort, WantedPorts } from '../../src/plan/wanted-ports.ts';
import {
  decidePorts,
  type PortDecision,
  type PortRequest,
  type PortRequests,
  type PortVerdict,
} from '../../src/runtime/ports/decide-ports.ts';
import type { PortClaim, PortFacts, PortState } from '../../src/runtime/ports/port-facts.ts';
import type { HolderRelation, PortHolder } from '../../src/runtime/state/lifecycle.ts';
import { EPHEMERAL, holder } from './port-facts.ts';

/** Few services and few ports, so that they meet; at the edges of what browsers refuse and of the ephemeral range too. */
const NAMES = ['api', 'web', 'admin', 'db'] as const;
const PORTS = [3000, 3001, 3002, 6663, 6664, 6670, 32_766, 32_767, 32_768, 65_534, 65_535] as const;

const name = fc.constantFrom(...NAMES);
const port = fc.constantFrom(...PORTS);
const sibling = fc.record({ kind: fc.constant('sibling-service' as const), service: name });
const checkout = fc.record({
  kind: fc.constant('other-checkout' as const),
  root: fc.constant('/other'),
  branch: fc.constant(null),
  service: name,
});
const relation: fc.Arbitrary<HolderRelation> = fc.oneof(
  sibling,
  checkout,
  fc.record({ kind: fc.constant('own-leftover' as const), service: name }),
  fc.constantFrom<HolderRelation>({ kind: 'stranger', resembles: null }, { kind: 'untouchable' }),
);
const state: fc.Arbitrary<PortState> = fc.oneof(
  fc.constantFrom<PortState>({ kind: 'free' }, { kind: 'forbidden' }),
  fc.array(relation, { minLength: 1, maxLength: 2 }).map((relations) => ({
    kind: 'held' as const,
    holders: relations.map((each, index) => holder(each, 100 + index)),
  })),
);
const facts: fc.Arbitrary<PortFacts> = fc.record({
  ephemeral: fc.constant(EPHEMERAL),
  listening: fc.uniqueArray(port, { maxLength: 5 }),
  tried: fc.dictionary(port.map(String), state, { maxKeys: 6, noNullPrototype: true }),
  claims: fc.array(fc.record<PortClaim>({ port, by: fc.oneof(sibling, checkout) }), { maxLength: 4 }),
  lastPorts: fc.dictionary(name, port, { maxKeys: 3, noNullPrototype: true }),
  contested: fc.uniqueArray(port, { maxLength: 2 }),
});
const wantedPort: fc.Arbitrary<WantedPort> = fc.oneof(port, fc.constantFrom<WantedPort>('auto', null));
const requests: fc.Arbitrary<PortRequests> = fc
  .record({
    wanted: fc.tuple(wantedPort, wantedPort, wantedPort, wantedPort),
    launching: fc.uniqueArray(name, { minLength: 1 }),
    kept: fc.array(fc.option(port), { minLength: 4, maxLength: 4 }),
    policies: fc.array(fc.constantFrom('fallback', 'kill', 'ask', 'fail', 'force'), { minLength: 4, maxLength: 4 }),
    spans: fc.array(fc.constantFrom(0, 1, 3, 10), { minLength: 4, maxLength: 4 }),
  })
  .map(({ wanted, launching, kept, policies, spans }) => {
    const all: WantedPorts = new Map(NAMES.map((service, index) => [service, wanted[index] ?? null]));
    return {
      wanted: all,
      launching: launching.map((service, index) => ({
        service,
        wanted: all.get(service) ?? null,
        kept: kept[index] ?? null,
        published: null,
        policy: policies[index] ?? 'fallback',
        fallbackSpan: spans[index] ?? 0,
        graceMs: 5000,
      })),
    };
  });

interface World {
  readonly facts: PortFacts;
  readonly requests: PortRequests;
  readonly decision: PortDecision;
}

function always(holds: (world: World) => void): void {
  fc.assert(
    fc.property(facts, requests, (someFacts, someRequests) => {
      holds({ facts: someFacts, requests: someRequests, decision: decidePorts(someFacts, someRequests) });
    }),
    { numRuns: 1000 },
  );
}

type Assigned = Extract<PortVerdict, { readonly kind: 'assigned' }>;

function* assignedIn({ requests: { launching }, decision }: World): Iterable<[PortRequest, Assigned, number]> {
  for (const request of launching) {
    const verdict = decision.get(request.service);
    if (verdict?.kind === 'assigned' && verdict.port !== null) yield [request, verdict, verdict.port];
  }
}

/** Who has a port, apart from the runs that end for this start. */
function holdersAt(at: number, { facts: { tried, listening, claims }, requests: { launching } }: World) {
  const leaves = (each: HolderRelation): boolean =>
    each.kind === 'sibling-service' && launching.some(({ service }) => service === each.service);
  const seen = tried[at];
  const holders: readonly PortHolder[] = seen?.kind === 'held' ? seen.holders : [];
  const isHidden = seen === undefined && listening.includes(at) && !claims.some((claim) => claim.port === at);
  return {
    isClosed: seen?.kind === 'forbidden' || isHidden,
    holders: holders.filter((each) => !leaves(each.relation)),
    claims: claims.filter((claim) => claim.port === at && !leaves(claim.by)),
  };
}

const EVICTABLE: Readonly<Record<PortRequest['policy'], ReadonlySet<string>>> = {
  fallback: new Set(['own-leftover']),
  ask: new Set(['own-leftover']),
  fail: new Set(['own-leftover']),
  kill: new Set(['own-leftover', 'stranger']),
  force: new Set(['own-leftover', 'stranger', 'other-checkout']),
};

describe('whatever the facts and the requests are', () => {
  test('every service that is launched gets a verdict, and no other one', () => {
    always(({ requests: { launching }, decision }) =>
      expect([...decision.keys()].toSorted()).toEqual(launching.map(({ service }) => service).toSorted()),
    );
  });

  test('the same facts give the same decision', () => {
    always(({ facts: same, requests: asked, decision }) => expect(decidePorts(same, asked)).toEqual(decision));
  });

  test('no two services get one port', () => {
    always((world) => {
      const ports = [...assignedIn(world)].map(([, , at]) => at);
      expect(new Set(ports).size).toBe(ports.length);
    });
  });

  test('a service without a port gets none, and one with a port gets one or a refusal', () => {
    always(({ requests: { launching }, decision }) => {
      for (const { service, wanted } of launching) {
        const verdict = decision.get(service);
        if (verdict?.kind === 'assigned') expect(verdict.port === null).toBe(wanted === null);
        else expect(wanted).not.toBeNull();
      }
    });
  });

  test('what is taken instead of the wanted port fits: a browser opens it, the kernel leaves it, no sibling wants it', () => {
    always((world) => {
      for (const [{ service, wanted, kept, fallbackSpan, policy }, , at] of assignedIn(world)) {
        if (at === wanted || at === kept) continue;
        expect(isUnsafePort(at)).toBe(false);
        expect(at < EPHEMERAL.from || at > EPHEMERAL.to).toBe(true);
        for (const [other, port] of world.requests.wanted) if (other !== service) expect(port).not.toBe(at);
        expect(at).toBeLessThanOrEqual(65_535);
        if (wanted !== 'auto') expect([fallbackSpan, policy]).not.toContain(0);
        if (wanted !== 'auto') expect(at).toBeGreaterThan(Number(wanted));
      }
    });
  });

  test('an assigned port has no other holder, or becomes free by what the decision says', () => {
    always((world) => {
      for (const [, { evicted }, at] of assignedIn(world)) {
        const { isClosed, holders, claims } = holdersAt(at, world);
        expect(isClosed).toBe(false);
        if (evicted.length === 0) expect([...holders, ...claims]).toEqual([]);
        else expect(evicted).toEqual(holders.length > 0 ? holders : [expect.objectContaining({ pid: null })]);
      }
    });
  });

  test('nothing is evicted that the policy does not let go, nor twice for one start, nor for another port', () => {
    always((world) => {
      for (const [{ policy, wanted }, { evicted }, at] of assignedIn(world)) {
        for (const { relation } of evicted) expect(EVICTABLE[policy]).toContain(relation.kind);
        if (evicted.length > 0) expect(world.facts.contested).not.toContain(at);
        if (evicted.length > 0) expect(at).toBe(wanted);
      }
    });
  });

  test('a service whose own run alone has the wanted port keeps it', () => {
    always((world) => {
      const { facts: known, requests: asked, decision } = world;
      for (const { service, wanted, kept } of asked.launching) {
        if (typeof wanted !== 'number' || (kept !== null && kept !== wanted)) continue;
        const seen = known.tried[wanted];
        const isOwn = ({ relation }: PortHolder): boolean =>
          relation.kind === 'sibling-service' && relation.service === service;
        if (seen?.kind !== 'held' || !seen.holders.every(isOwn)) continue;
        if (known.claims.some((claim) => claim.port === wanted)) continue;
        // A relaunch may keep it as the port that it had.
        if (asked.launching.some((other) => other.service !== service && other.kept === wanted)) continue;
        expect(decision.get(service)).toMatchObject({ kind: 'assigned', port: wanted, evicted: [] });
      }
    });
  });

  test('with `fail` or `ask` no service starts beside a stranger on its port', () => {
    always(({ facts: { tried }, requests: { launching }, decision }) => {
      for (const { service, wanted, kept, policy } of launching) {
        if ((policy !== 'fail' && policy !== 'ask') || typeof wanted !== 'number' || kept !== null) continue;
        const seen = tried[wanted];
        if (seen?.kind !== 'held' || !seen.holders.some(({ relation: { kind } }) => kind === 'stranger')) continue;
        expect(decision.get(service)).toMatchObject({ kind: 'refused', failure: { port: wanted, policy } });
      }
    });
  });

  test('a refusal names a port that can be recorded', () => {
    always(({ decision }) => {
      for (const verdict of decision.values()) {
        if (verdict.kind === 'refused') expect(verdict.failure.port).toBeGreaterThan(0);
      }
    });
  });

  test('the facts are plain data: they survive being written and read', () => {
    always(({ facts: known }) => expect(JSON.parse(JSON.stringify(known))).toEqual(known));
  });
});
