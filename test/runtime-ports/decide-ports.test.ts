import { describe, expect, it } from 'vitest';
import type { WantedPort } from '../../src/plan/wanted-ports.ts';
import {
  decidePorts,
  type PortPolicy,
  type PortRequest,
  type PortVerdict,
} from '../../src/runtime/ports/decide-ports.ts';
import type { PortFacts } from '../../src/runtime/ports/port-facts.ts';
import type { HolderRelation } from '../../src/runtime/state/lifecycle.ts';
import { claimant, heldBy, holder, portFacts } from './port-facts.ts';

const STRANGER: HolderRelation = { kind: 'stranger', resembles: null };
const SIBLING = { kind: 'sibling-service', service: 'admin' } as const;
const OWN = { kind: 'sibling-service', service: 'backend' } as const;
const CHECKOUT = { kind: 'other-checkout', root: '/elsewhere', branch: 'feature', service: 'backend' } as const;
const LEFTOVER: HolderRelation = { kind: 'own-leftover', service: 'backend' };
const HIDDEN: HolderRelation = { kind: 'untouchable' };

function request(policy: PortPolicy, over: Partial<PortRequest> = {}): PortRequest {
  return {
    service: 'backend',
    wanted: 8000,
    kept: null,
    published: null,
    policy,
    fallbackSpan: 10,
    graceMs: 5000,
    ...over,
  };
}

function decideAll(facts: PortFacts, ...launching: readonly PortRequest[]): Readonly<Record<string, PortVerdict>> {
  const wanted = new Map<string, WantedPort>(launching.map((each) => [each.service, each.wanted]));
  return Object.fromEntries(decidePorts(facts, { launching, wanted }));
}

function decide(facts: PortFacts, asked: PortRequest): PortVerdict | undefined {
  return decideAll(facts, asked)[asked.service];
}

const ASSIGNED = { kind: 'assigned', evicted: [], after: [], news: [] } as const;

describe('the decision about the port of one service', () => {
  it('is the wanted port when it is free', () => {
    expect(decide(portFacts(), request('fallback'))).toEqual({ ...ASSIGNED, port: 8000 });
  });

  it('is the one that a container of the service publishes already, whichever process listens there for it', () => {
    const engine: HolderRelation = { kind: 'container-engine', container: 'shop-db-1' };
    const facts = portFacts({ tried: { 8000: heldBy(engine) } });
    expect(decide(facts, request('force', { published: 8000 }))).toEqual({ ...ASSIGNED, port: 8000 });
    expect(decide(facts, request('force', { fallbackSpan: 0 }))?.kind).toBe('refused');
  });

  it.each([
    ['fallback', STRANGER, 8001, false],
    ['fallback', LEFTOVER, 8000, true],
    ['fallback', SIBLING, 8001, false],
    ['fallback', CHECKOUT, 8001, false],
    ['fallback', HIDDEN, 8001, false],
    ['kill', STRANGER, 8000, true],
    ['kill', CHECKOUT, 8001, false],
    ['kill', HIDDEN, 8001, false],
    ['force', STRANGER, 8000, true],
    ['force', LEFTOVER, 8000, true],
    ['force', SIBLING, 8001, false],
    ['force', CHECKOUT, 8000, true],
    ['fail', SIBLING, 8001, false],
    ['fail', CHECKOUT, 8001, false],
    ['ask', HIDDEN, 8001, false],
  ] as const)('with the policy %s and a %o on it is port %i', (policy, relation, port, evicts) => {
    const verdict = decide(portFacts({ tried: { 8000: heldBy(relation) } }), request(policy));
    expect(verdict).toMatchObject({ kind: 'assigned', port, evicted: evicts ? [holder(relation)] : [] });
  });

  it.each(['fail', 'ask'] as const)('is a refusal beside a stranger with the policy %s', (policy) => {
    expect(decide(portFacts({ tried: { 8000: heldBy(STRANGER) } }), request(policy))).toEqual({
      kind: 'refused',
      failure: { reason: 'port-conflict', port: 8000, holders: [holder(STRANGER)], tried: [], policy },
    });
  });

  it.each([HIDDEN, STRANGER])(
    'is a refusal under --force when a %o cannot be ended, and nothing else is ended for it',
    (relation) => {
      const facts = portFacts({
        tried: { 8000: heldBy(relation, STRANGER) },
        contested: relation.kind === 'stranger' ? [8000] : [],
      });
      expect(decide(facts, request('force'))).toMatchObject({
        kind: 'refused',
        failure: { port: 8000, policy: 'fail', holders: [holder(relation), holder(STRANGER)] },
      });
    },
  );

  it('says who was in the way of a fallback, and which port was taken instead', () => {
    expect(decide(portFacts({ tried: { 8000: heldBy(STRANGER) } }), request('fallback'))).toMatchObject({
      news: [{ kind: 'port-fallback', wantedPort: 8000, port: 8001, holders: [holder(STRANGER)] }],
    });
  });

  it('passes over ports that others hold, listen on, or have claimed', () => {
    const facts = portFacts({
      tried: { 8000: heldBy(STRANGER), 8001: heldBy(STRANGER) },
      listening: [8002],
      claims: [{ port: 8003, by: CHECKOUT }],
    });
    expect(decide(facts, request('fallback'))).toMatchObject({ port: 8004 });
  });

  it('treats a port that another checkout has claimed as taken before a process listens there', () => {
    expect(decide(portFacts({ claims: [{ port: 8000, by: CHECKOUT }] }), request('fallback'))).toMatchObject({
      port: 8001,
      news: [{ kind: 'port-fallback', holders: [claimant(CHECKOUT)] }],
    });
  });

  it('gives the twelfth checkout a port, too', () => {
    const claims = Array.from({ length: 11 }, (_, index) => ({ port: 8000 + index, by: CHECKOUT }));
    expect(decide(portFacts({ claims }), request('fallback'))).toMatchObject({ port: 8011 });
  });

  it('is the last fallback port again', () => {
    const facts = portFacts({ tried: { 8000: heldBy(STRANGER) }, lastPorts: { backend: 8007 } });
    expect(decide(facts, request('fallback'))).toMatchObject({ port: 8007 });
  });

  it('is the wanted port again when it is free, whatever was used last', () => {
    expect(decide(portFacts({ lastPorts: { backend: 8007 } }), request('fallback'))).toMatchObject({ port: 8000 });
  });

  it('is a refusal when the whole span is taken, and names what was tried', () => {
    const facts = portFacts({ tried: { 8000: heldBy(STRANGER) }, listening: [8001, 8002] });
    expect(decide(facts, request('fallback', { fallbackSpan: 2 }))).toMatchObject({
      kind: 'refused',
      failure: { port: 8000, tried: [8001, 8002] },
    });
  });

  it('falls back over a port that this user may not bind', () => {
    expect(decide(portFacts({ tried: { 8000: { kind: 'forbidden' } } }), request('fallback'))).toMatchObject({
      port: 8001,
    });
  });

  it('is no port for a service without one', () => {
    expect(decide(portFacts(), request('fallback', { wanted: null }))).toEqual({ ...ASSIGNED, port: null });
  });

  it.each([6000, 40_000])('does not question the wanted port %i', (wanted) => {
    expect(decide(portFacts(), request('fallback', { wanted }))).toMatchObject({ port: wanted });
  });

  it('is any free port from 3000 where any will do, and the kept one before it', () => {
    const asked = request('fallback', { wanted: 'auto' });
    expect(decide(portFacts({ listening: [3000] }), asked)).toEqual({ ...ASSIGNED, port: 3001 });
    expect(decide(portFacts(), { ...asked, kept: 3456 })).toEqual({ ...ASSIGNED, port: 3456 });
  });

  it('keeps the port it had for a launch that was not asked for, and honours a claim on it', () => {
    const asked = request('fallback', { kept: 8005 });
    expect(decide(portFacts(), asked)).toEqual({ ...ASSIGNED, port: 8005 });
    expect(decide(portFacts({ claims: [{ port: 8005, by: CHECKOUT }] }), asked)).toMatchObject({ port: 8000 });
  });
});

describe('the decision about the ports of several services', () => {
  const backend = request('fallback');
  const admin = request('fallback', { service: 'admin' });

  it('gives one port to one of them, and the next to the other', () => {
    expect(decideAll(portFacts(), backend, admin)).toMatchObject({
      backend: { port: 8000 },
      admin: { port: 8001, news: [{ holders: [claimant(OWN)] }] },
    });
  });

  it('leaves the port to the one that has it already, also before it listens', () => {
    const held = portFacts({ tried: { 8000: heldBy(SIBLING) } });
    const claimed = portFacts({ claims: [{ port: 8000, by: SIBLING }] });
    for (const facts of [held, claimed]) {
      expect(decideAll(facts, backend, admin)).toMatchObject({ backend: { port: 8001 }, admin: { port: 8000 } });
    }
  });

  it('falls back to no port that another one wants', () => {
    const facts = portFacts({ tried: { 8000: heldBy(STRANGER) } });
    expect(decideAll(facts, backend, { ...admin, wanted: 8001 })).toMatchObject({
      backend: { port: 8002 },
      admin: { port: 8001, news: [] },
    });
  });

  it('lets a service have what another one leaves, once its run has ended', () => {
    const facts = portFacts({
      tried: { 8000: heldBy(SIBLING), 9000: heldBy(OWN) },
      claims: [
        { port: 8000, by: SIBLING },
        { port: 9000, by: OWN },
      ],
    });
    expect(decideAll(facts, backend, { ...admin, wanted: 9000 })).toEqual({
      backend: { ...ASSIGNED, port: 8000, after: ['admin'] },
      admin: { ...ASSIGNED, port: 9000, after: ['backend'] },
    });
  });

  it('refuses one without refusing the others: what to do about it is decided elsewhere', () => {
    const facts = portFacts({ tried: { 8000: heldBy(STRANGER) } });
    expect(decideAll(facts, { ...backend, policy: 'fail' }, { ...admin, wanted: 9000 })).toMatchObject({
      backend: { kind: 'refused' },
      admin: { kind: 'assigned', port: 9000 },
    });
  });
});
