import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { hasTool } from '../rig/tools.ts';
import { EVERYTHING, exported, fileOf } from './export-fixture.ts';
import { expectArrival, oddSample, perform } from './odd-service.ts';

interface Agent {
  readonly ProgramArguments: readonly string[];
  readonly EnvironmentVariables: Readonly<Record<string, string>>;
  readonly WorkingDirectory: string;
}

/** As Python's plistlib reads it. */
function read(plist: string): Agent {
  const script = 'import json, plistlib, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
  return JSON.parse(execFileSync('python3', ['-c', script], { input: plist, encoding: 'utf8' }));
}

test.skipIf(!hasTool('python3'))('every agent is a property list with what launchd needs (needs python3)', () => {
  const { files } = exported('launchd', EVERYTHING);
  expect(files.map(({ path }) => path)).toEqual(
    ['backend', 'frontend', 'worker'].map((name) => `deploy/launchd/shop.${name}.plist`),
  );
  expect(read(fileOf({ files, notes: [] }, 'backend.plist'))).toMatchObject({
    Label: 'shop.backend',
    WorkingDirectory: '/srv/shop/backend',
    RunAtLoad: true,
    KeepAlive: { SuccessfulExit: false },
    ThrottleInterval: 2,
    ExitTimeOut: 15,
    EnvironmentVariables: { PORT: '8000', CORS_ORIGIN: 'http://localhost:5173' },
  });
  expect(read(fileOf({ files, notes: [] }, 'worker.plist'))).toMatchObject({ KeepAlive: true });
  expect(files.filter(({ text }) => text.includes('hunter2'))).toEqual([]);
});

test.skipIf(!hasTool('python3'))('an agent hands every odd value to its service (needs python3)', () => {
  const root = temporaryFolder();
  const agent = read(fileOf(exported('launchd', oddSample(root)), 'odd.plist'));
  perform(agent.ProgramArguments, agent.EnvironmentVariables, agent.WorkingDirectory);
  expectArrival(root);
});

test('a control character is left out of the property list, and that is said', () => {
  const bell = { command: 'serve', env: { BELL: '\u0007', FINE: 'a\tb' } };
  const { files, notes } = exported('launchd', { services: { bell } });
  expect(files[0]?.text).not.toContain('BELL');
  expect(notes.find(({ topic }) => topic === 'controlCharacters')).toMatchObject({ services: ['bell'] });
});
