import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { configWarnings } from '../../src/config/warnings.ts';
import { show } from './show.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('doubtful ports and variables without effect are told, and stop nothing', async () => {
  const text = `services:
  database: { command: x, port: 8000 }
  web: { command: x, port: { number: "8000" } }
  chat: { command: x, port: 6667 }
  far: { command: x, port: 40000, env: { PORT: 1, DATABASE_URL: x, DATABASE_PORT: 1 } }
  worker: { command: x }
`;
  const loaded = await loadConfig(temporaryDirectory({ 'devgen.config.yaml': text }));
  if (!loaded.ok) throw new Error(show(loaded.error));
  const envFiles = { root: { DATABASE_URL: 'postgres://db', WORKER_URL: 'x', WEB_PORT: '1' }, services: {} };
  const warnings = configWarnings({ loaded: loaded.value, envFiles, ephemeral: { from: 32768, to: 60999 } });
  expect(show(warnings)).toBe(`devgen.config.yaml:4:29 config/port-unsafe
  browsers refuse to open port 6667, the port of \`chat\`
  |   chat: { command: x, port: 6667 }
  |                             ~~~~
  = Take another one, unless no browser is to reach it.
devgen.config.yaml:5:28 config/port-ephemeral
  port 40000 of \`far\` lies where this system takes ports for outgoing connections (32768–60999)
  |   far: { command: x, port: 40000, env: { PORT: 1, DATABASE_URL: x, DATABASE_PORT: 1 } }
  |                            ~~~~~
  = It may be taken at any moment; one below 32768 stays free.
devgen.config.yaml:3:38 config/port-shared
  \`web\` wants port 8000, as \`database\` does
  |   web: { command: x, port: { number: "8000" } }
  |                                      ~~~~~~
  = When both run, one of them gets another port.
devgen.config.yaml:5:42 config/variable-overridden
  devgen sets \`PORT\` itself; the value here is not used
  |   far: { command: x, port: 40000, env: { PORT: 1, DATABASE_URL: x, DATABASE_PORT: 1 } }
  |                                          ~~~~
  = Say \`port:\` in the service instead.
devgen.config.yaml:5:51 config/variable-overridden
  devgen sets \`DATABASE_URL\` itself; the value here is not used
  |   far: { command: x, port: 40000, env: { PORT: 1, DATABASE_URL: x, DATABASE_PORT: 1 } }
  |                                                   ~~~~~~~~~~~~
  = It tells where the service \`database\` is. Rename the service to keep the variable.
.env config/variable-overridden
  devgen sets \`DATABASE_URL\` itself; the value here is not used
  = It tells where the service \`database\` is. Rename the service to keep the variable.`);
});
