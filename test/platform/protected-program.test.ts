import { expect, test } from 'vitest';
import { isProtectedProgram } from '../../src/platform/protected-program.ts';

test.each([
  ['/opt/google/chrome/chrome', '/opt/google/chrome/chrome http://localhost:5173', true],
  ['/usr/lib/firefox/firefox-bin', 'firefox http://localhost:5173', true],
  ['C:\\Program Files\\Microsoft VS Code\\Code.exe', 'Code.exe src/main.ts', true],
  ['/usr/share/code/code', '/usr/share/code/code src/main.ts', true],
  ['/opt/google/chrome/chrome', 'chrome --headless=new --remote-debugging-pipe', false],
  ['/usr/lib/firefox/firefox', 'firefox -marionette', false],
  ['/usr/bin/node', 'node chrome', false],
])('%s run as `%s`: kept %s', (executable, commandLine, expected) => {
  expect(isProtectedProgram(executable, commandLine)).toBe(expected);
});
