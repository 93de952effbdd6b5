import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { OwnCommands } from '../../src/cli/elsewhere/own-commands.ts';
import { runForDocuments } from '../../src/cli/elsewhere/run-for-documents.ts';
import { callTool } from '../../src/cli/mcp/call-tool.ts';
import { TOOLS } from '../../src/cli/mcp/tools.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';

/** Answers at once, or a task when there is a file `go`; notes each time that it runs. */
const PROGRAM = `
  const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
  const words = process.argv.slice(2).filter((word) => word !== '--json');
  appendFileSync('ran', words.join(' ') + '\\n');
  const answer = () => {
    if (words[1] === 'silent') { console.error('no room'); process.exit(7); }
    if (words[1] === 'warned') console.error('the config is broken');
    const padding = words[1] === 'long' ? 'x'.repeat(2_000_000) : '';
    console.log(JSON.stringify({ schemaVersion: 1, words, padding }));
    writeFileSync('done-' + words.join('-'), '');
  };
  if (words[0] !== 'run') answer();
  else setInterval(() => { if (existsSync('go')) { answer(); process.exit(0); } }, 10);
`;
const LONG_MS = 30_000;

test('what was done while its caller was away is not done again when it comes back, but only told', async () => {
  const { commands, root, ran, go } = begin();
  expect(await commands.call(['run', 'build'], 0, never())).toBeNull();
  await waitUntil(() => ran().length === 1);
  go();
  await waitUntil(() => existsSync(join(root, 'done-run-build')));
  expect(await commands.call(['run', 'build'], LONG_MS, never())).toMatchObject({ documents: [{}], code: 0 });
  expect(ran()).toEqual(['run build']);
  await commands.call(['run', 'build'], LONG_MS, never());
  expect(ran(), 'an answer is told once').toEqual(['run build', 'run build']);
});

test('tasks that take long keep only other tasks waiting', async () => {
  const { commands, ran, go } = begin();
  const tasks = ['a', 'b', 'c', 'd', 'e'].map((task) => commands.call(['run', task], LONG_MS, never()));
  await waitUntil(() => ran().length === 4);
  expect(await commands.call(['status'], LONG_MS, never())).toMatchObject({ code: 0 });
  expect(ran()).not.toContain('run e');
  go();
  expect(await Promise.all(tasks)).toMatchObject(tasks.map(() => ({ code: 0 })));
});

test('a call that is cancelled ends what it asked for only when nothing else waits for it', async () => {
  const { commands, ran, go } = begin();
  const [one, other] = [new AbortController(), new AbortController()];
  const first = commands.call(['run', 'build'], LONG_MS, one.signal);
  const second = commands.call(['run', 'build'], LONG_MS, never());
  const alone = commands.call(['run', 'test'], LONG_MS, other.signal);
  await waitUntil(() => ran().length === 2);
  one.abort();
  other.abort();
  expect([await first, await alone]).toEqual([null, null]);
  go();
  expect(await second).toMatchObject({ documents: [{ words: ['run', 'build'] }], code: 0 });
  expect(await commands.call(['run', 'test'], LONG_MS, never())).toMatchObject({ code: 0 });
  expect(
    ran().filter((words) => words === 'run test'),
    'it was ended, and is begun anew',
  ).toHaveLength(2);
});

test('what gives no answer is an error that says why, whatever the tool', async () => {
  const { commands } = begin();
  const signal = never();
  for (const tool of TOOLS.filter(({ parameters }) => 'names' in parameters)) {
    const result = await callTool(tool, { names: ['silent'] }, { commands, signal });
    expect(result).toMatchObject({ isError: true, structuredContent: { error: { message: 'no room' } } });
  }
});

test('what a command says beside its answer is told with it', async () => {
  const { commands } = begin();
  const [status] = TOOLS.filter(({ name }) => name === 'status');
  const result = status && (await callTool(status, { names: ['warned'] }, { commands, signal: never() }));
  expect(result).toMatchObject({ isError: false, structuredContent: { warnings: ['the config is broken'] } });
});

test('an answer of megabytes is read whole', async () => {
  const { root, file } = begin();
  const { documents } = await runForDocuments({ file, words: ['logs', 'long'], cwd: root, environment: {} });
  expect(documents).toMatchObject([{ padding: expect.stringMatching(/^x{2000000}$/) }]);
});

function begin() {
  const root = temporaryFolder();
  const file = join(root, 'program.cjs');
  writeFileSync(file, PROGRAM);
  const commands = new OwnCommands({ file, root, environment: {}, doing: new Set(['run']) });
  onTestFinished(() => commands.close());
  const ran = (): readonly string[] =>
    existsSync(join(root, 'ran')) ? readFileSync(join(root, 'ran'), 'utf8').trimEnd().split('\n') : [];
  return { commands, root, file, ran, go: () => writeFileSync(join(root, 'go'), '') };
}

function never(): AbortSignal {
  return new AbortController().signal;
}
