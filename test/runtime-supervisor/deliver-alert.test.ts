import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HookPlan } from '../../src/plan/plan.ts';
import { noticeCommand } from '../../src/platform/notice-command.ts';
import { pidExists } from '../../src/platform/pid-exists.ts';
import { readCommandRuns } from '../../src/runtime/state/command-run.ts';
import { type Alert, composeAlert } from '../../src/runtime/supervisor/alerts/alert.ts';
import { type Delivery, deliverAlert } from '../../src/runtime/supervisor/alerts/deliver-alert.ts';
import { HookTurns } from '../../src/runtime/supervisor/alerts/hook-turns.ts';
import { PATIENCE } from '../../src/runtime/supervisor/alerts/patience.ts';
import { reservePort } from '../rig/ports.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';

const NONE: HookPlan = { webhook: null, command: null, desktop: false };
const AT = '2026-01-01T00:00:00.000Z';
const ALERT = composeAlert({
  ...{ kind: 'trouble', project: 'shop', service: 'backend', at: AT, since: AT, event: null, heldBack: 2 },
  reason: 'crashed: pid 7 ended with exit code 1',
  ...{ done: 'restarting at once', url: 'http://localhost:5000', lastLines: ['boom', '```'] },
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  const port = await reservePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${port}/`;
}

/** Time passes at once, and how much is kept. */
function deliver(
  hooks: Partial<HookPlan>,
  variables: Readonly<Record<string, string>> = {},
  means: Partial<Delivery> & { readonly alert?: Alert } = {},
) {
  const pauses: number[] = [];
  const clock = {
    delay: async (ms: number) => {
      pauses.push(ms);
    },
  };
  const environment = { exported: { PATH: process.env.PATH ?? '', ...variables }, named: {} };
  const guard = { root: temporaryFolder(), acquire: async () => undefined };
  const { signal } = new AbortController();
  const usual = { environment, guard, clock, turns: new HookTurns(), patience: PATIENCE.alert, signal };
  return deliverAlert(means.alert ?? ALERT, { hooks: { ...NONE, ...hooks }, ...usual, ...means }).then((outcomes) => ({
    outcomes,
    pauses,
  }));
}

describe('the webhook', () => {
  it('gets the alert as JSON with its headers, variables put in, and a text that chats can show', async () => {
    const told: unknown[] = [];
    const url = await listen(async (incoming, outgoing) => {
      let text = '';
      for await (const chunk of incoming) text += chunk;
      told.push({ token: incoming.headers.authorization, path: incoming.url, body: JSON.parse(text) });
      outgoing.writeHead(204).end();
    });
    const webhook = { url: '$BASE/hook/$ID', headers: { Authorization: 'Bearer $TOKEN' } };

    const { outcomes } = await deliver({ webhook }, { BASE: url.slice(0, -1), ID: '7', TOKEN: 'secret' });

    expect(outcomes).toEqual([{ hook: 'webhook', problem: null }]);
    expect(told).toEqual([{ token: 'Bearer secret', path: '/hook/7', body: ALERT }]);
    expect(ALERT.text).toBe(
      [
        'shop: backend crashed: pid 7 ended with exit code 1',
        'restarting at once',
        `since ${AT}, http://localhost:5000`,
        '```',
        'boom',
        "'''",
        '```',
        '2 more alerts were held back before it',
      ].join('\n'),
    );
  });

  it.each([
    [{ url: '$HOOK_URL', headers: {} }, '`$HOOK_URL` is not set, of its URL'],
    [{ url: 'http://127.0.0.1:9/', headers: { 'X-Token': '$TOKEN' } }, '`$TOKEN` is not set, of its header `X-Token`'],
    [{ url: '$PATH', headers: {} }, 'what its URL comes to be is no URL'],
    [
      { url: 'http://me:secret@127.0.0.1:9/', headers: {} },
      'its URL has a user name or password; write `headers: { Authorization: … }` instead',
    ],
    [
      { url: 'http://127.0.0.1:9/', headers: { 'X-Price': '5 €' } },
      'its header `X-Price` has a character that no header can have',
    ],
    [{ url: 'http://127.0.0.1:22/', headers: {} }, 'cannot be asked (bad port)'],
    [
      { url: 'http://127.0.0.1:8999/', headers: { Expect: 'an answer' } },
      'cannot be asked (expect header not supported)',
    ],
  ])('%j is refused, and never posted raw', async (webhook, problem) => {
    expect(await deliver({ webhook })).toEqual({ outcomes: [{ hook: 'webhook', problem }], pauses: [] });
  });

  it('is tried again when it may be well soon, later each time, and then given up', async () => {
    const answers = [503, 429, 500];
    const url = await listen((_, outgoing) => outgoing.writeHead(answers.shift() ?? 200).end());
    expect(await deliver({ webhook: { url, headers: {} } })).toEqual({
      outcomes: [{ hook: 'webhook', problem: 'answered 500' }],
      pauses: [1000, 5000],
    });
    answers.push(502);
    expect((await deliver({ webhook: { url, headers: {} } })).outcomes).toEqual([{ hook: 'webhook', problem: null }]);
    answers.push(404);
    expect(await deliver({ webhook: { url, headers: {} } })).toEqual({
      outcomes: [{ hook: 'webhook', problem: 'answered 404' }],
      pauses: [],
    });
  });

  it.each([302, 307])('that answers %i is not told, and no other server gets its headers', async (status) => {
    const asked: unknown[] = [];
    const other = await listen((incoming, outgoing) => {
      asked.push(incoming.headers);
      outgoing.writeHead(200).end();
    });
    const url = await listen((_, outgoing) => outgoing.writeHead(status, { location: other }).end());

    const { outcomes } = await deliver({ webhook: { url, headers: { 'X-Token': 'secret' } } });

    expect(outcomes).toEqual([{ hook: 'webhook', problem: `answered ${status}, which leads elsewhere` }]);
    expect(asked).toEqual([]);
  });

  it('that is not there is said to be so', async () => {
    const url = `http://127.0.0.1:${await reservePort()}/`;
    const { outcomes } = await deliver({ webhook: { url, headers: {} } });
    expect(outcomes).toEqual([{ hook: 'webhook', problem: 'cannot be reached (ECONNREFUSED)' }]);
  });

  it('that does not answer is tried again, and broken off when the user ends it', async () => {
    const url = await listen(() => undefined);
    const silent = { webhook: { url, headers: {} } };
    const patience = { ...PATIENCE.alert, answerMs: 20 };
    expect(await deliver(silent, {}, { patience })).toEqual({
      outcomes: [{ hook: 'webhook', problem: 'did not answer within 0.02 s' }],
      pauses: [1000, 5000],
    });
    const { outcomes, pauses } = await deliver(silent, {}, { signal: AbortSignal.abort() });
    expect(outcomes).toEqual([{ hook: 'webhook', problem: 'was broken off' }]);
    expect(pauses).toEqual([]);
  });

  it('may answer without end: nothing is waited for but its status', async () => {
    let isClosed = false;
    const url = await listen((incoming, outgoing) => {
      incoming.resume();
      outgoing.writeHead(200).write('never ending');
      outgoing.on('close', () => {
        isClosed = true;
      });
    });
    const { outcomes } = await deliver({ webhook: { url, headers: {} } });
    expect(outcomes).toEqual([{ hook: 'webhook', problem: null }]);
    // Sooner than the time-out of the whole request.
    await waitUntil(() => isClosed, 3000);
  });
});

describe('the command', () => {
  it('has the alert on its stdin and in its environment', async () => {
    const check = `node -e '
      const alert = JSON.parse(require("fs").readFileSync(0, "utf8"));
      const { DEVGEN_ALERT_SERVICE: service, DEVGEN_ALERT_TEXT: text } = process.env;
      process.exit(alert.service === service && alert.text === text ? 0 : 9)'`;
    expect((await deliver({ command: check })).outcomes).toEqual([{ hook: 'command', problem: null }]);
  });

  it('is told of lines that are longer than a variable of a command may be', async () => {
    const alert = composeAlert({ ...ALERT, lastLines: Array.from({ length: 20 }, () => '長'.repeat(300_000)) });
    const { outcomes } = await deliver({ command: 'test -n "$DEVGEN_ALERT_TEXT"' }, {}, { alert });
    expect(outcomes).toEqual([{ hook: 'command', problem: null }]);
  });

  it('is recorded while it runs, and ended with all that it started when it takes too long or is broken off', async () => {
    const guard = { root: temporaryFolder(), acquire: async () => undefined };
    const pidOf = async (): Promise<number> => {
      await waitUntil(() => readCommandRuns(guard.root).some(({ root }) => root !== null));
      const [record] = readCommandRuns(guard.root);
      expect(record).toMatchObject({ kind: 'hook', command: 'sleep 400; true' });
      return record?.root?.pid ?? 0;
    };
    const breaking = new AbortController();
    const broken = deliver({ command: 'sleep 400; true' }, {}, { guard, signal: breaking.signal });
    const pid = await pidOf();
    breaking.abort();
    expect((await broken).outcomes).toEqual([{ hook: 'command', problem: 'was broken off' }]);
    expect(pidExists(pid)).toBe(false);
    const patience = { ...PATIENCE.alert, commandMs: 100 };
    const { outcomes } = await deliver({ command: 'sleep 400; true' }, {}, { patience });
    expect(outcomes).toEqual([{ hook: 'command', problem: 'did not end within 0.1 s' }]);
  });

  it('that does not read its stdin, fails, or is not there does no harm', async () => {
    expect((await deliver({ command: 'true' })).outcomes).toEqual([{ hook: 'command', problem: null }]);
    expect((await deliver({ command: 'echo no mail here; exit 3' })).outcomes).toEqual([
      { hook: 'command', problem: 'ended with exit code 3: no mail here' },
    ]);
    const [{ problem } = { problem: null }] = (await deliver({ command: 'no-such-program-here' })).outcomes;
    expect(problem).toContain('ended with exit code 127');
  });
});

it('each hook is told one alert at a time, in their order, and not more than a few are kept for it', async () => {
  const turns = new HookTurns();
  const told: string[] = [];
  let answerFirst = (): void => undefined;
  const first = turns.take(
    'webhook',
    () =>
      new Promise((resolve) => {
        answerFirst = () => {
          told.push('trouble');
          resolve(null);
        };
      }),
  );
  const others = Array.from({ length: 10 }, (_, index) =>
    turns.take('webhook', async () => {
      told.push(String(index));
      return null;
    }),
  );
  expect(await turns.take('command', async () => null)).toBeNull();
  expect(await others[9]).toBe('10 alerts wait for it already');
  expect(told).toEqual([]);
  answerFirst();
  await Promise.all([first, ...others]);
  expect(told).toEqual(['trouble', ...Array.from({ length: 9 }, (_, index) => String(index))]);
});

describe('the desktop notice', () => {
  it('that nothing can show is not said to be told', async () => {
    const [outcome] = (await deliver({ desktop: true }, { PATH: temporaryFolder() })).outcomes;
    expect(outcome?.problem).toMatch(/^ended with exit code 127/);
  });

  it.each(['linux', 'darwin', 'win32'])('on %s passes its texts as arguments, never as code', (platform) => {
    const command = noticeCommand({ title: 'shop: `x`', text: '"; rm -rf $HOME' }, platform);
    const args = command.kind === 'direct' ? command.args : [];
    const holding = args.filter((arg) => arg.includes('rm -rf'));
    expect(holding).toHaveLength(1);
    expect(holding[0]).toMatch(/^(shop: `x`: )?"; rm -rf \$HOME$/);
  });
});
