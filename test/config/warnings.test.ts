import { expect, test } from 'vitest';
import { readEnvFiles } from '../../src/config/env-files.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { configWarnings } from '../../src/config/warnings.ts';
import { show } from './show.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('an instance that counts up to the port of another service is told', async () => {
  const text = 'services:\n  web: { command: x, port: 8002 }\n  api: { command: x, port: 8000, instances: 3 }\n';
  const loaded = await loadConfig(temporaryDirectory({ 'devgen.config.yaml': text }));
  if (!loaded.ok) throw new Error(show(loaded.error));
  const ephemeral = { from: 32768, to: 60999 };
  const warnings = configWarnings({ loaded: loaded.value, envFileVariables: [], ephemeral });
  expect(show(warnings)).toBe(`devgen.config.yaml:3:28 config/port-shared
  \`api.3\` wants port 8002, as \`web\` does
  |   api: { command: x, port: 8000, instances: 3 }
  |                            ~~~~
  = When both run, one of them gets another port.`);
});

test('doubtful ports and variables without effect are told, and stop nothing', async () => {
  const text = `services:
  database: { command: x, port: 8000 }
  web: { command: x, port: { number: "8000" } }
  chat: { command: x, port: 6667 }
  far: { command: x, port: 40000, env: { PORT: 1, HOST: x, DATABASE_URL: x, DATABASE_PORT: 1 } }
  worker: { command: x }
`;
  const ENV = 'WORKER_URL=x\nWEB_PORT=1\nexport DATABASE_URL=postgres://db\n';
  const loaded = await loadConfig(temporaryDirectory({ 'devgen.config.yaml': text, '.env': ENV }));
  if (!loaded.ok) throw new Error(show(loaded.error));
  const ephemeral = { from: 32768, to: 60999 };
  const { variables: envFileVariables } = readEnvFiles(loaded.value);
  const warnings = configWarnings({ loaded: loaded.value, envFileVariables, ephemeral });
  expect(show(warnings)).toBe(`devgen.config.yaml:4:29 config/port-unsafe
  browsers refuse to open port 6667, the port of \`chat\`
  |   chat: { command: x, port: 6667 }
  |                             ~~~~
  = Take another one, unless no browser is to reach it.
devgen.config.yaml:5:28 config/port-ephemeral
  port 40000 of \`far\` is one that this system takes for outgoing connections (32768–60999)
  |   far: { command: x, port: 40000, env: { PORT: 1, HOST: x, DATABASE_URL: x, DATABASE_PORT: 1 } }
  |                            ~~~~~
  = It may be taken at any moment; one below 32768 stays free.
devgen.config.yaml:3:38 config/port-shared
  \`web\` wants port 8000, as \`database\` does
  |   web: { command: x, port: { number: "8000" } }
  |                                      ~~~~~~
  = When both run, one of them gets another port.
devgen.config.yaml:5:42 config/variable-overridden
  devgen sets \`PORT\` itself; the value here is not used
  |   far: { command: x, port: 40000, env: { PORT: 1, HOST: x, DATABASE_URL: x, DATABASE_PORT: 1 } }
  |                                          ~~~~
  = Say \`port:\` in the service instead.
devgen.config.yaml:5:77 config/variable-overridden
  devgen sets \`DATABASE_PORT\` itself; the value here is not used
  |   far: { command: x, port: 40000, env: { PORT: 1, HOST: x, DATABASE_URL: x, DATABASE_PORT: 1 } }
  |                                                                             ~~~~~~~~~~~~~
  = Say \`port:\` in the service \`database\` instead.
devgen.config.yaml:5:60 config/variable-taken
  \`DATABASE_URL\` would tell where the service \`database\` (devgen.config.yaml:2) is; the value here is used instead
  |   far: { command: x, port: 40000, env: { PORT: 1, HOST: x, DATABASE_URL: x, DATABASE_PORT: 1 } }
  |                                                            ~~~~~~~~~~~~
  = Rename the service, or the variable, if the two have nothing to do with each other.
.env:3:8 config/variable-taken
  \`DATABASE_URL\` would tell where the service \`database\` (devgen.config.yaml:2) is; the value here is used instead
  | export DATABASE_URL=…
  |        ~~~~~~~~~~~~
  = Rename the service, or the variable, if the two have nothing to do with each other.`);
});
