import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('a crash and its end reach a webhook and, through a command, a mailbox; a failing hook is shown', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const [hookPort, mailPort] = [await reservePort(), await reservePort()];
  const posted: Record<string, unknown>[] = [];
  let answer = 204;
  const hook = createHttpServer(async (incoming, outgoing) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    posted.push({ token: incoming.headers['x-token'], ...JSON.parse(text) });
    outgoing.writeHead(answer).end();
  });
  await listening(hook, hookPort);
  const mails = await mailbox(mailPort);
  const project = await createProject({
    files: {
      ...configFile(
        { backend: server('backend', port), frontend: server('frontend', other) },
        {
          hooks: {
            webhook: { url: '$HOOK_URL', headers: { 'X-Token': '$HOOK_KEY' } },
            command: `node mail.mjs ${mailPort}`,
          },
        },
      ),
      '.env': `HOOK_URL=http://127.0.0.1:${hookPort}/hook\nHOOK_KEY=s3cret-of-the-hook\n`,
      'mail.mjs': MAIL,
    },
    generated: true,
  });
  await project.dev(['start']);
  const first = project.status('backend').pid ?? 0;

  killQuietly(first);
  await waitUntil(() => posted.length === 2 && mails.length === 2);

  expect(posted).toMatchObject([
    {
      token: 's3cret-of-the-hook',
      kind: 'trouble',
      project: 'test',
      service: 'backend',
      reason: `crashed: pid ${first} ended by signal SIGKILL`,
      done: 'restarting at once (restart 1 of at most 5)',
      since: expect.any(String),
      lastLines: expect.arrayContaining([`backend: listening on ${port}`]),
      event: { kind: 'exited' },
    },
    { kind: 'recovered', service: 'backend', url: `http://localhost:${port}` },
  ]);
  expect(mails.find((mail) => mail.includes('crashed'))).toContain(`Subject: test backend\n`);
  expect((await project.dev(['status'])).stdout).not.toContain('hook');

  expect(await project.dev(['hooks', 'test'])).toMatchObject({ code: 0, stdout: 'webhook  told\ncommand  told\n' });
  expect(posted.at(-1)).toMatchObject({ kind: 'test', service: null });
  expect(await project.dev(['hooks', 'tset'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('hooks test'),
  });

  answer = 403;
  // About the same service no more is told for half a minute.
  killQuietly(project.status('frontend').pid ?? 0);
  await waitUntil(async () => (await project.dev(['status'])).stdout.includes('hook `webhook` failed'));
  const shown = JSON.parse((await project.dev(['status', '--json'])).stdout);
  expect(shown.hooks).toMatchObject([{ hook: 'webhook', problem: 'answered 403' }]);
  expect((await project.dev(['doctor'])).stdout).toContain('answered 403');
  expect(await project.dev(['hooks', 'test'])).toMatchObject({
    code: 1,
    stdout: 'webhook  answered 403\ncommand  told\n',
  });
  const logs = project.read('logs/devgen.log') + project.read('logs/.devgen/hooks.json');
  expect(logs).not.toContain('s3cret-of-the-hook');
  answer = 204;
  await project.dev(['hooks', 'test']);
  expect((await project.dev(['hooks'])).code).toBe(0);
});

test('a hook whose variable is not set is told nothing, and doctor says which', async () => {
  const rest = { hooks: { webhook: '$BACKEND_URL/$NO_SUCH_HOOK' } };
  const project = await createProject({ files: configFile({ backend: server('backend', 1) }, rest), generated: true });
  expect(await project.dev(['hooks', 'test'])).toMatchObject({
    code: 1,
    stdout: 'webhook  `$NO_SUCH_HOOK` is not set, of its URL\n',
  });
  expect((await project.dev(['doctor'])).stdout).toContain('hook `webhook` cannot be told: `$NO_SUCH_HOOK` is not set');
});

/** What a user would write to get mail: an SMTP client of a few lines. */
const MAIL = `
import { connect } from 'node:net';
let text = '';
for await (const chunk of process.stdin) text += chunk;
const alert = JSON.parse(text);
const lines = [
  'HELO localhost', 'MAIL FROM:<devgen@localhost>', 'RCPT TO:<me@localhost>', 'DATA',
  'Subject: ' + alert.project + ' ' + (alert.service ?? '') + '\\r\\n\\r\\n' + alert.text + '\\r\\n.', 'QUIT',
];
const socket = connect(Number(process.argv[2]), '127.0.0.1');
socket.on('data', () => { const line = lines.shift(); if (line) socket.write(line + '\\r\\n'); });
`;

/** The mails that an SMTP server on this port has taken. */
async function mailbox(port: number): Promise<readonly string[]> {
  const mails: string[] = [];
  const serve = (socket: Socket): void => {
    let text = '';
    let isData = false;
    socket.write('220 ready\r\n');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (isData && !text.endsWith('\r\n.\r\n')) return;
      if (isData) mails.push(text.replaceAll('\r\n', '\n'));
      isData = text.startsWith('DATA');
      if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
      else socket.write(isData ? '354 go\r\n' : '250 ok\r\n');
      text = '';
    });
    socket.on('error', () => undefined);
  };
  await listening(createServer(serve), port);
  return mails;
}

async function listening(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
}
