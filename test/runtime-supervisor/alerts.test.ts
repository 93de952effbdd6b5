import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { noticeCommand } from '../../src/platform/notify-desktop.ts';
import type { RuntimeEvent } from '../../src/runtime/state/runtime-event.ts';
import { alert } from '../../src/runtime/supervisor/alerts.ts';
import { reservePort } from '../rig/ports.ts';
import { waitUntil } from '../rig/wait-until.ts';

const CRASH: RuntimeEvent = {
  at: '2026-01-01T00:00:00.000Z',
  service: 'backend',
  kind: 'exited',
  pid: 7,
  exit: { code: 1, signal: null },
  expected: false,
};

/** A webhook that answers with `status` and keeps what it was told. */
async function webhook(status: number) {
  const told: unknown[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    told.push(JSON.parse(text));
    outgoing.writeHead(status).end();
  });
  const port = await reservePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, told, close };
}

describe('the webhook', () => {
  it('is told about a crash, and not about an expected end or a start', async () => {
    const hook = await webhook(204);
    const problems: string[] = [];
    const alerting = {
      project: 'shop',
      hooks: { webhook: hook.url, desktop: false },
      note: (problem: string) => void problems.push(problem),
    };
    await alert({ ...CRASH, expected: true }, alerting);
    await alert({ at: CRASH.at, service: 'backend', kind: 'healthy' }, alerting);
    await alert(CRASH, alerting);
    await hook.close();
    expect(hook.told).toEqual([
      { schemaVersion: 1, project: 'shop', text: 'shop: backend ended unexpectedly (exit code 1)', event: CRASH },
    ]);
    expect(problems).toEqual([]);
  });

  it('may answer without end: nothing is waited for but its status', async () => {
    let isClosed = false;
    const server = createServer((incoming, outgoing) => {
      incoming.resume();
      outgoing.writeHead(200).write('never ending');
      outgoing.on('close', () => {
        isClosed = true;
      });
    });
    const port = await reservePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const problems: string[] = [];
    const hooks = { webhook: `http://127.0.0.1:${port}/`, desktop: false };

    await alert(CRASH, { project: 'shop', hooks, note: (problem) => void problems.push(problem) });

    // Sooner than the time-out of the whole request.
    await waitUntil(() => isClosed, 3000);
    expect(problems).toEqual([]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('that fails or is not there is noted, and does no harm', async () => {
    const hook = await webhook(500);
    const problems: string[] = [];
    const note = (problem: string) => void problems.push(problem);
    await alert(CRASH, { project: 'shop', hooks: { webhook: hook.url, desktop: false }, note });
    await hook.close();
    await alert(CRASH, { project: 'shop', hooks: { webhook: hook.url, desktop: false }, note });
    expect(problems).toEqual(['the webhook answered 500', 'a hook could not be told: fetch failed']);
  });
});

describe('the desktop notice', () => {
  it.each(['linux', 'darwin', 'win32'])('on %s passes its texts as arguments, never as code', (platform) => {
    const [, args] = noticeCommand(platform, { title: 'shop: `x`', text: '"; rm -rf $HOME' });
    const holding = args.filter((arg) => arg.includes('rm -rf'));
    expect(holding).toHaveLength(1);
    expect(holding[0]).toMatch(/^(shop: `x`: )?"; rm -rf \$HOME$/);
  });
});
