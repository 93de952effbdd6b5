import { describe, expect, test } from 'vitest';
import { isUnsafePort } from '../../src/base/unsafe-ports.ts';
import { candidatePorts } from '../../src/runtime/ports/candidate-ports.ts';
import type { PortClaim } from '../../src/runtime/ports/port-facts.ts';
import { portFacts } from './port-facts.ts';

const claimedElsewhere = (...ports: readonly number[]): readonly PortClaim[] =>
  ports.map((port) => ({ port, by: { kind: 'other-checkout', root: '/other', branch: null, service: 'web' } }));

interface Query {
  readonly wanted: number | 'auto';
  readonly fallbackSpan?: number;
  readonly lastPort?: number;
  readonly elsewhere?: readonly number[];
}

describe('the ports that may be taken instead of the wanted one', () => {
  test.each<[string, Query, readonly number[]]>([
    ['are those of the span, upwards', { wanted: 8000, fallbackSpan: 3 }, [8001, 8002, 8003]],
    ['begin with the last one used', { wanted: 8000, fallbackSpan: 3, lastPort: 8002 }, [8002, 8001, 8003]],
    ['do not hold a last one outside the span', { wanted: 8000, fallbackSpan: 2, lastPort: 9000 }, [8001, 8002]],
    ['are none without a span', { wanted: 8000, fallbackSpan: 0, lastPort: 8001 }, []],
    ['are none that browsers refuse', { wanted: 6664, fallbackSpan: 7 }, [6670, 6671]],
    ['are none of the ephemeral range', { wanted: 32_766, fallbackSpan: 10 }, [32_767]],
    ['end with the last port there is', { wanted: 65_534, fallbackSpan: 10 }, [65_535]],
    [
      'do not count what other checkouts have claimed',
      { wanted: 8000, fallbackSpan: 2, elsewhere: [8000, 8001, 8003] },
      [8001, 8002, 8003, 8004],
    ],
  ])('%s', (_, { wanted, fallbackSpan = 10, lastPort, elsewhere = [] }, ports) => {
    const facts = portFacts({ claims: claimedElsewhere(...elsewhere) });
    expect(candidatePorts({ wanted, fallbackSpan, lastPort }, facts)).toEqual(ports);
  });

  test('are all from 3000 to 3999 where any will do, the last one first', () => {
    const ports = candidatePorts({ wanted: 'auto', fallbackSpan: 0, lastPort: 3456 }, portFacts());
    expect(ports.slice(0, 3)).toEqual([3456, 3000, 3001]);
    expect(ports.at(-1)).toBe(3999);
    expect(candidatePorts({ wanted: 'auto', fallbackSpan: 0, lastPort: 8000 }, portFacts())[0]).toBe(3000);
  });
});

test.each([1, 22, 6000, 6666, 10_080])('browsers refuse %i', (port) => expect(isUnsafePort(port)).toBe(true));
test.each([80, 443, 3000, 5173, 8000, 8080])('browsers take %i', (port) => expect(isUnsafePort(port)).toBe(false));
test.each([6000, 6697, 10_080, 4190])('the standard that fetch follows refuses %i too', async (port) => {
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ message: 'bad port' }) }),
  );
});
