import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cleanText } from '../../src/base/clean-text.ts';
import { lineWidth } from '../../src/cli/screen/columns.ts';
import { fitColumns, padColumns, wrapColumns } from '../../src/cli/screen/fit-columns.ts';
import { frameBetween } from '../../src/cli/screen/frame.ts';
import { paintColoured, paintPlain } from '../../src/cli/screen/paint.ts';
import { drawTop } from '../../src/cli/top/draw-top.ts';
import { KeySource } from '../../src/cli/top/key-source.ts';
import { pressKey } from '../../src/cli/top/press-key.ts';
import { readKeys } from '../../src/cli/top/read-keys.ts';
import { stepTop } from '../../src/cli/top/step-top.ts';
import { KEPT_LINES, type TopState } from '../../src/cli/top/top-state.ts';
import { type TopScene, topLines, topScene, topService, typed } from './top-fixtures.ts';

const UP = '\u001b[A';
const WHEEL_UP = '\u001b[<64;3;4M';
const WHEEL_DOWN = '\u001b[<65;3;4M';
const SCENE: TopScene = {
  services: [
    topService('backend'),
    topService('web', {
      state: 'down',
      isUp: false,
      port: null,
      address: '-',
      health: '-',
      remarks: ['never started'],
    }),
  ],
  lines: [...topLines('backend', ['one', 'an Error', 'three']), ...topLines('web', ['four'], 3)],
};

function scene(): TopState {
  return topScene(SCENE);
}

function shown(state: TopState): readonly string[] {
  return drawTop(state, paintPlain).map((row) => row.trimEnd());
}

/** The rows beside the list, without the last one. */
function right(state: TopState): readonly string[] {
  return shown(state)
    .slice(0, -1)
    .map((row) => row.split(' │ ')[1]?.trimEnd() ?? '')
    .filter((row) => row !== '');
}

test('the screen has the services on the left, the merged logs on the right and the keys below', () => {
  expect(shown(scene())).toEqual([
    '›0   all logs                  │ all logs',
    ' 1 ● backend  :5007  excellent │ backend one',
    ' 2 ○ web      -      -         │ backend an Error',
    '                               │ backend three',
    '                               │ web     four',
    ...Array.from({ length: 4 }, () => '                               │'),
    'q leave · ? help · j/k choose · Enter log · r restart · s start or stop · x kil…',
  ]);
});

describe('a key', () => {
  it.each([
    ['j', 'backend'],
    ['jj', 'web'],
    ['jjj', 'web'],
    ['\u001b[B', 'backend'],
    ['jjk', 'backend'],
    [`jj${UP}`, 'backend'],
    ['k', null],
    ['2', 'web'],
    ['20', null],
    ['9', null],
  ])('%j chooses %s', (keys, chosen) => {
    expect(typed(scene(), keys).chosen).toBe(chosen);
  });

  it.each([
    ['r', { kind: 'do', words: ['restart', 'backend'] }],
    ['s', { kind: 'do', words: ['stop', 'backend'] }],
    ['x', { kind: 'do', words: ['kill', 'backend'] }],
    ['o', { kind: 'do', words: ['open', 'backend'] }],
    ['q', { kind: 'quit' }],
    ['\u0003', { kind: 'quit' }],
    ['\u001a', { kind: 'suspend' }],
    ['j', null],
    ['y', null],
  ])('%j asks for %j', (key, effect) => {
    expect(pressed(typed(scene(), '1'), key).effect).toEqual(effect);
  });

  it('s starts what is down', () => {
    expect(pressed(typed(scene(), '2'), 's').effect).toEqual({ kind: 'do', words: ['start', 'web'] });
  });

  it.each(['r', 's', 'x', 'o'])('%s does nothing to all services at once, and says so', (key) => {
    const { state, effect } = pressed(scene(), key);
    expect(effect).toBeNull();
    expect(shown(state).at(-1)).toBe('choose a service first: j, k or its number');
    expect(shown(typed(state, 'w')).at(-1), 'the next key takes the message away').toMatch(/^q leave/);
  });

  it('Enter gives the log the whole width, Enter and Escape take it back', () => {
    const alone = typed(scene(), '1\r');
    expect(shown(alone).slice(0, 4)).toEqual([
      'backend ready · http://localhost:5007 · excellent',
      'one',
      'an Error',
      'three',
    ]);
    expect(typed(alone, '\r').focus).toBe('list');
    expect(typed(alone, '\u001b').focus).toBe('list');
    expect(typed(alone, 'j').chosen, 'j scrolls there').toBe('backend');
  });

  it('e shows only errors, and again all', () => {
    expect(right(typed(scene(), '1e'))).toEqual(['backend ready · only errors · http://localhost…', 'an Error']);
    expect(right(typed(scene(), '1ee'))).toHaveLength(4);
  });

  it('w wraps long lines, whose gutter stays free', () => {
    const long = topScene({ ...SCENE, columns: 40, lines: topLines('backend', ['abcdefgh'.repeat(3)]) });
    expect(right(long)).toEqual(['all logs', 'backend abcdefghabcd…']);
    expect(right(typed(long, 'w'))).toEqual(['all logs · wrapped', 'backend abcdefghabcde', '        fghabcdefgh']);
    const above = typed(long, `w${WHEEL_UP}`);
    expect(above.bottom, 'all of it is in sight').toBeNull();
  });

  it('? shows the keys, and the next key takes them away', () => {
    const attached: TopState = { ...scene(), place: { from: 'attached', quits: 'stop' } };
    expect(shown(attached).at(-1)).toMatch(/^q stop · t back · \? help/);
    expect(pressKey(attached, { name: 't', text: 't' }).effect).toEqual({ kind: 'back' });
    expect(pressKey(scene(), { name: 't', text: 't' }).effect).toBeNull();
    expect(right({ ...typed(attached, '?'), size: { columns: 80, rows: 24 } }).join('\n')).toMatch(
      /^t +back to the plain view\nq Ctrl\+C +stop what/m,
    );
    const help = typed(scene(), '?');
    expect(right(help)[1]).toMatch(/^j k ↓ ↑ +choose a service/);
    expect(typed(help, 'q').mode, 'whatever it is').toBe('browsing');
  });
});

describe('a log', () => {
  const texts = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  const long = typed(topScene({ ...SCENE, lines: topLines('backend', texts) }), '1');
  const lastOf = (state: TopState) => right(state).at(-1);

  it.each([
    ['', 99],
    [WHEEL_UP, 96],
    [`${WHEEL_UP}${WHEEL_UP}${WHEEL_DOWN}`, 96],
    ['\u001b[5~', 92],
    ['\u001b[5~\u001b[6~', 99],
    ['g', 7],
    [`g${WHEEL_UP}`, 7],
    [`g${WHEEL_DOWN}`, 10],
    ['gG', 99],
    ['\u001b[H\u001b[F', 99],
    ['\rkk', 97],
    ['\rkkj', 98],
  ])('after %j ends with line %i', (keys, last) => {
    const state = typed(long, keys);
    const rows = state.focus === 'log' ? shown(state).slice(0, -1) : right(state);
    expect(rows.at(-1)).toBe(`line ${last}`);
  });

  it('stays where it was scrolled to while more is written, and follows again at its end', () => {
    const more = { kind: 'written', lines: topLines('backend', ['new'], 100), as: 'news' } as const;
    expect(lastOf(stepTop(long, more).state)).toBe('new');
    const scrolled = stepTop(typed(long, WHEEL_UP), more).state;
    expect(lastOf(scrolled)).toBe('line 96');
    expect(right(scrolled)[0]).toMatch(/4 below/);
    expect(lastOf(typed(scrolled, 'f'))).toBe('new');
    expect(lastOf(stepTop(typed(long, 'f'), more).state), 'f stops it').toBe('line 99');
    expect(typed(scrolled, WHEEL_DOWN.repeat(2)).bottom).toBeNull();
  });

  it('keeps the last lines only, and those in sight when they are dropped give way', () => {
    const flood = Array.from({ length: KEPT_LINES + 5 }, (_, index) => `flood ${index}`);
    const event = { kind: 'written', lines: topLines('backend', flood, 100), as: 'news' } as const;
    const state = stepTop(typed(long, 'g'), event).state;
    expect(state.logs.get('backend')).toHaveLength(KEPT_LINES);
    expect(right(state).at(-1)).toBe('flood 5');
  });

  it('is searched upwards first, with n and N to and fro', () => {
    const found = typed(long, '/LINE 2\r');
    expect(lastOf(found)).toBe('» line 29');
    expect(lastOf(typed(found, 'n'))).toBe('» line 28');
    expect(lastOf(typed(found, 'nN'))).toBe('» line 29');
    expect(shown(typed(found, 'N')).at(-1)).toBe('nothing below has it');
    expect(right(typed(found, 'n'.repeat(10))), 'line 2 cannot be lower').toContain('» line 2');
    expect(typed(found, '\u001b').sought).toBe('');
    expect(shown(typed(long, '/ab\u007f')).at(-1)).toBe('/a_');
    expect(typed(long, '/q\u001b').sought, 'q is a letter there').toBe('');
  });

  it('marks services that write while another one is shown', () => {
    const event = { kind: 'written', lines: topLines('web', ['x'], 100), as: 'news' } as const;
    const marked = stepTop(long, event).state;
    expect(shown(marked)[2]).toMatch(/^ 2 ○\+web/);
    expect(shown(typed(marked, '2'))[2]).toMatch(/^›2 ○ web/);
    expect(stepTop(typed(long, '0'), event).state.news.size, 'all are in sight').toBe(0);
  });
});

test('keys are told from what is pasted, from the mouse, and from sequences that mean nothing', () => {
  const names = (text: string) => readKeys(text, 'none').keys.map(({ name }) => name);
  expect(names('jé日\r\u007f')).toEqual(['j', 'é', '日', 'enter', 'backspace']);
  expect(names('\u001b[200~q\nrm\u001b[201~k')).toEqual(['paste', 'k']);
  expect(names('\u001b[<0;5;5M\u001b[<64;5;5M\u001b[12~\u001b[1;5A\u001bOA')).toEqual(['wheel-up', 'up']);
  expect(names('\u001b')).toEqual(['escape']);
  expect(readKeys('j\u001b[', 'may-come')).toMatchObject({ keys: [{ name: 'j' }], rest: '\u001b[' });
  expect(readKeys('\u001b[200~half', 'may-come')).toEqual({ keys: [], rest: '\u001b[200~half' });
  expect(pressKey(scene(), { name: 'paste', text: 'q' }).effect).toBeNull();
  expect(typed(scene(), '/\u001b[200~two\nwords\u001b[201~').sought).toBe('two words');
});

test('a sequence that comes in two parts is one key, and Escape is one when nothing follows it', () => {
  const keys: string[] = [];
  let patienceOver = (): void => undefined;
  const schedule = (_ms: number, action: () => void) => {
    patienceOver = action;
    return { cancel: () => undefined };
  };
  const source = new KeySource({ schedule }, ({ name }) => keys.push(name));
  source.take('j\u001b');
  source.take('[');
  source.take('Bk');
  expect(keys).toEqual(['j', 'down', 'k']);
  source.take('\u001b');
  expect(keys).toHaveLength(3);
  patienceOver();
  expect(keys.at(-1)).toBe('escape');
});

test('a frame has only the rows that changed, and nothing if none did', () => {
  expect(frameBetween(['a', 'b'], ['a', 'c'])).toBe('\u001b[?2026h\u001b[2;1H\u001b[2Kc\u001b[?2026l');
  expect(frameBetween(['a', 'b'], ['a', 'b'])).toBe('');
});

const anyText = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.string({ unit: fc.constantFrom('日', 'a', ' ', 'e\u0301', '🙂', '\u001b[31m', '\u001b[0m', '\u001b[1;4m') }),
  )
  .map((text) => cleanText(text, 'styled'));

test('every row is as wide as the screen at most, whatever is shown in whatever width', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 300 }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(anyText, { maxLength: 8 }),
      fc.string({ unit: fc.constantFrom(...'jk019reswox/?nNfgG\r', UP, WHEEL_UP), maxLength: 12 }),
      (columns, rows, texts, keys) => {
        const services = [
          ...(SCENE.services ?? []),
          ...texts.map((text) => topService(`s${text}`, { remarks: texts })),
        ];
        const state = typed(topScene({ columns, rows, services, lines: topLines('backend', texts) }), keys);
        const drawn = drawTop(state, paintColoured);
        expect(drawn).toHaveLength(rows);
        expect(Math.max(...drawn.map(lineWidth))).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

test('a line is cut, filled and wrapped by columns, and its styles end with each row', () => {
  const red = paintColoured('red', '日本語');
  expect(fitColumns('abcdef', 5)).toBe('abcd…');
  expect(fitColumns('abcde', 5)).toBe('abcde');
  expect(fitColumns(red, 5)).toBe('\u001b[31m日本\u001b[0m…');
  expect(lineWidth(padColumns(red, 9))).toBe(9);
  expect([...wrapColumns(red, 4)]).toEqual(['\u001b[31m日本\u001b[0m', '\u001b[31m語\u001b[39m\u001b[0m']);
});

function pressed(state: TopState, text: string): ReturnType<typeof pressKey> {
  const [key = { name: '', text: '' }] = readKeys(text, 'none').keys;
  return pressKey(state, key);
}
