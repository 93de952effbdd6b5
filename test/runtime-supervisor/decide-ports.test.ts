import { describe, expect, it } from 'vitest';
import type { ServicePlan } from '../../src/plan/plan.ts';
import type { HolderRelation, PortHolder } from '../../src/runtime/state/lifecycle.ts';
import {
  decidePort,
  type PortDesk,
  type PortRequest,
  type Stance,
} from '../../src/runtime/supervisor/ports/decide-ports.ts';
import { servicePlan } from '../plan/service-plan.ts';

const STRANGER: HolderRelation = { kind: 'stranger' };
const SIBLING: HolderRelation = { kind: 'sibling-service', service: 'admin' };
const CHECKOUT: HolderRelation = { kind: 'other-checkout', root: '/elsewhere', branch: 'feature', service: 'backend' };
const LEFTOVER: HolderRelation = { kind: 'own-leftover', service: 'backend' };
const HIDDEN: HolderRelation = { kind: 'untouchable' };

function holder(relation: HolderRelation): PortHolder {
  return { pid: relation.kind === 'untouchable' ? null : 4711, command: 'x', user: 'me', cwd: '/', relation };
}

/** A desk over a table of who holds what; evicting works on everything but what cannot be seen. */
function desk(held: Record<number, HolderRelation>, claims: Record<number, HolderRelation> = {}) {
  const ports = new Map(Object.entries(held).map(([port, relation]) => [Number(port), [holder(relation)]]));
  const evicted: number[] = [];
  const reserved: number[] = [];
  const world: PortDesk = {
    holders: async (port) => ports.get(port) ?? [],
    claimant: (port) => (claims[port] === undefined ? null : holder(claims[port])),
    isWantedBySibling: (port) => port === 8003,
    reserve: (port) => void reserved.push(port),
    evict: async (port, holders) => {
      evicted.push(port);
      const left = holders.filter(({ pid }) => pid === null);
      ports.set(port, left);
      return left;
    },
  };
  return { world, evicted, reserved };
}

function request(stance: Stance, over: Partial<PortRequest> = {}, service: Partial<ServicePlan> = {}): PortRequest {
  return { service: servicePlan({ name: 'backend', ...service }), wanted: 8000, stance, lastUsed: null, ...over };
}

describe('the triage of a wanted port', () => {
  it('takes and reserves a free port', async () => {
    const { world, reserved } = desk({});
    expect(await decidePort(request('fallback'), world)).toEqual({
      ok: true,
      value: { ports: { port: 8000, wantedPort: 8000 }, news: [] },
    });
    expect(reserved).toEqual([8000]);
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
  ] as const)('with stance %s and a %o on it leads to port %i', async (stance, relation, port, evicts) => {
    const { world, evicted, reserved } = desk({ 8000: relation });
    const decision = await decidePort(request(stance), world);
    expect(decision).toMatchObject({ ok: true, value: { ports: { port, wantedPort: 8000 } } });
    expect(evicted).toEqual(evicts ? [8000] : []);
    expect(reserved).toEqual([port]);
  });

  it.each(['fail', 'ask'] as const)('refuses to start beside a stranger with stance %s', async (stance) => {
    const { world, evicted, reserved } = desk({ 8000: STRANGER });
    expect(await decidePort(request(stance), world)).toEqual({
      ok: false,
      error: { reason: 'port-conflict', port: 8000, holders: [holder(STRANGER)], tried: [], policy: stance },
    });
    expect([evicted, reserved]).toEqual([[], []]);
  });

  it('fails under --force when what holds the port cannot be ended', async () => {
    const { world } = desk({ 8000: HIDDEN });
    expect(await decidePort(request('force'), world)).toMatchObject({
      ok: false,
      error: { reason: 'port-conflict', port: 8000, holders: [holder(HIDDEN)] },
    });
  });

  it('says who was in the way of a fallback, and which port was taken instead', async () => {
    const { world } = desk({ 8000: STRANGER });
    expect(await decidePort(request('fallback'), world)).toMatchObject({
      value: { news: [{ kind: 'port-fallback', wantedPort: 8000, port: 8001, holders: [holder(STRANGER)] }] },
    });
  });

  it('says whom it ended', async () => {
    const { world } = desk({ 8000: STRANGER });
    expect(await decidePort(request('force'), world)).toMatchObject({
      value: { news: [{ kind: 'port-freed', port: 8000, holders: [holder(STRANGER)] }] },
    });
  });

  it('passes over ports that others hold, have claimed or want', async () => {
    const { world } = desk({ 8000: STRANGER, 8001: STRANGER }, { 8002: CHECKOUT });
    expect(await decidePort(request('fallback'), world)).toMatchObject({ value: { ports: { port: 8004 } } });
  });

  it('treats a port that another checkout has reserved as taken before anybody listens there', async () => {
    const { world } = desk({}, { 8000: CHECKOUT });
    expect(await decidePort(request('fallback'), world)).toMatchObject({
      value: { ports: { port: 8001 }, news: [{ kind: 'port-fallback', holders: [holder(CHECKOUT)] }] },
    });
  });

  it('takes the last fallback again', async () => {
    const { world } = desk({ 8000: STRANGER });
    expect(await decidePort(request('fallback', { lastUsed: 8007 }), world)).toMatchObject({
      value: { ports: { port: 8007 } },
    });
  });

  it('fails when the whole span is taken, and names what it tried', async () => {
    const { world } = desk({ 8000: STRANGER, 8001: STRANGER, 8002: STRANGER });
    const port = { kind: 'wanted', expression: '8000', fallbackSpan: 2 } as const;
    expect(await decidePort(request('fallback', {}, { port }), world)).toMatchObject({
      ok: false,
      error: { reason: 'port-conflict', port: 8000, tried: [8001, 8002] },
    });
  });

  it('leaves a service without a port alone', async () => {
    const { world, reserved } = desk({});
    expect(await decidePort(request('fallback', { wanted: null }), world)).toEqual({
      ok: true,
      value: { ports: { port: null, wantedPort: null }, news: [] },
    });
    expect(reserved).toEqual([]);
  });
});
