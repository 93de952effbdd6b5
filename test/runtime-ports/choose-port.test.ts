import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnsafePort } from '../../src/base/unsafe-ports.ts';
import { choosePort, type PortWish } from '../../src/runtime/ports/choose-port.ts';

const EPHEMERAL = { from: 32_768, to: 60_999 };

interface World {
  readonly busy?: readonly number[];
  readonly reserved?: readonly number[];
}

function wish(
  wanted: number | 'auto',
  changes: Partial<PortWish> = {},
  { busy = [], reserved = [] }: World = {},
): PortWish {
  return {
    wanted,
    fallbackSpan: 10,
    lastUsed: null,
    ephemeral: EPHEMERAL,
    refuse: (port) => reserved.includes(port),
    isFree: (port) => Promise.resolve(!busy.includes(port)),
    ...changes,
  };
}

describe('choosing a port', () => {
  test.each<[string, PortWish, { port: number | null; tried: readonly number[] }]>([
    ['takes the wanted one when it is free', wish(8000), { port: 8000, tried: [] }],
    [
      'takes the wanted one again though another was used last',
      wish(8000, { lastUsed: 8004 }),
      { port: 8000, tried: [] },
    ],
    ['takes the next one', wish(8000, {}, { busy: [8000, 8001] }), { port: 8002, tried: [8000, 8001] }],
    ['prefers the last one used', wish(8000, { lastUsed: 8004 }, { busy: [8000] }), { port: 8004, tried: [8000] }],
    [
      'tries the last one used only once',
      wish(8000, { lastUsed: 8002, fallbackSpan: 3 }, { busy: [8000, 8001, 8002, 8003] }),
      { port: null, tried: [8000, 8002, 8001, 8003] },
    ],
    [
      'forgets a last one outside the span',
      wish(8000, { lastUsed: 9000 }, { busy: [8000] }),
      { port: 8001, tried: [8000] },
    ],
    [
      'leaves alone what others reserved',
      wish(8000, {}, { reserved: [8000, 8001] }),
      { port: 8002, tried: [8000, 8001] },
    ],
    [
      'takes none beside the wanted one without a span',
      wish(8000, { fallbackSpan: 0 }, { busy: [8000] }),
      { port: null, tried: [8000] },
    ],
    ['does not question a wish that browsers refuse', wish(6000), { port: 6000, tried: [] }],
    ['falls back over what browsers refuse', wish(6664, {}, { busy: [6664] }), { port: 6670, tried: [6664] }],
    ['does not question a wish within the ephemeral range', wish(40_000), { port: 40_000, tried: [] }],
    [
      'never falls back into the ephemeral range',
      wish(32_766, {}, { busy: [32_766, 32_767] }),
      { port: null, tried: [32_766, 32_767] },
    ],
    [
      'ends with the last port there is',
      wish(65_534, {}, { busy: [65_534, 65_535] }),
      { port: null, tried: [65_534, 65_535] },
    ],
    ['takes any port from 3000', wish('auto', {}, { busy: [3000] }), { port: 3001, tried: [3000] }],
    ['takes the last one again where any will do', wish('auto', { lastUsed: 3456 }), { port: 3456, tried: [] }],
    [
      'forgets a last one from elsewhere where any will do',
      wish('auto', { lastUsed: 8000 }),
      { port: 3000, tried: [] },
    ],
  ])('%s', async (_, given, choice) => {
    expect(await choosePort(given)).toEqual(choice);
  });

  test('asks about one port at a time and about none after the one it takes', async () => {
    const asked: number[] = [];
    let asking = 0;
    const isFree = async (port: number): Promise<boolean> => {
      asked.push(port);
      expect(++asking).toBe(1);
      await Promise.resolve();
      asking--;
      return port === 8002;
    };
    await choosePort(wish(8000, { isFree }));
    expect(asked).toEqual([8000, 8001, 8002]);
  });

  test('whatever is busy: gives a free port of the span that may be taken, the lowest, or none when there is none', async () => {
    const world = fc.record({
      wanted: fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom(6660, 32_760, 60_995, 65_530, 5055)),
      fallbackSpan: fc.nat(15),
      lastUsed: fc.option(fc.integer({ min: 1, max: 65_535 })),
      busyOffsets: fc.uniqueArray(fc.nat(15)),
      reservedOffsets: fc.uniqueArray(fc.nat(15)),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ wanted, fallbackSpan, lastUsed, busyOffsets, reservedOffsets }) => {
        const isOpen = (port: number): boolean =>
          !busyOffsets.includes(port - wanted) && !reservedOffsets.includes(port - wanted);
        const { port, tried } = await choosePort({
          wanted,
          fallbackSpan,
          lastUsed,
          ephemeral: EPHEMERAL,
          refuse: (candidate) => reservedOffsets.includes(candidate - wanted),
          isFree: (candidate) => Promise.resolve(!busyOffsets.includes(candidate - wanted)),
        });
        const span = Array.from({ length: fallbackSpan }, (_, index) => wanted + 1 + index).filter(
          (each) => each <= 65_535 && !isUnsafePort(each) && (each < EPHEMERAL.from || each > EPHEMERAL.to),
        );
        const open = [wanted, ...span].filter(isOpen);
        if (port === null) expect(open).toEqual([]);
        else if (lastUsed !== null && port === lastUsed) expect(open).toContain(port);
        else expect(port).toBe(open[0]);
        if (open[0] === wanted) expect(port).toBe(wanted);
        expect(tried.some(isOpen)).toBe(false);
        expect(new Set(tried).size).toBe(tried.length);
      }),
    );
  });
});

test.each([1, 22, 6000, 6666, 10_080])('browsers refuse %i', (port) => expect(isUnsafePort(port)).toBe(true));
test.each([80, 443, 3000, 5173, 8000, 8080])('browsers take %i', (port) => expect(isUnsafePort(port)).toBe(false));
test.each([6000, 6697, 10_080, 4190])('the standard that fetch follows refuses %i too', async (port) => {
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ message: 'bad port' }) }),
  );
});
