import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { compilePlan } from '../../src/plan/compile-plan.ts';
import { show } from './show.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const ENVIRONMENT = { SHOP_GRACE: 'ten', SHOP_TRIES: '3' };

/** What the user is told about a config, from its syntax to its meaning. */
async function mistakesIn(text: string, file = 'devgen.config.yaml'): Promise<string> {
  const loaded = await loadConfig(temporaryDirectory({ [file]: text }));
  const plan = loaded.ok ? compilePlan(loaded.value, { root: {}, services: {} }, ENVIRONMENT) : loaded;
  return show(plan.ok ? [] : plan.error);
}

test.each([
  ['services:\n  a: { command: x, environment: { A: b } }\n', 'Did you mean `env`?'],
  ['services:\n  a: { command: x, working_dir: b }\n', 'Did you mean `cwd`?'],
  ['services:\n  a: { command: x, depends_on: [b] }\n', 'Did you mean `dependsOn`?'],
  ['services:\n  a: { command: x, before: false }\n', 'Put it into quotes: `"false"`.'],
])('%j gets the hint %s', async (text, hint) => {
  expect(await mistakesIn(text)).toContain(hint);
});

test('a quote that nothing closes is reported where it opens', async () => {
  expect(await mistakesIn('services:\n  a:\n    command: "x\n    cwd: b\n  c: { command: y }\n')).toContain(
    'devgen.config.yaml:3:14 config/syntax',
  );
});

test('all mistakes of a config are told at once, in the order of the file', async () => {
  const text = `nam: shop
services:
  Web_App:
    comand: npm run dev
    port: 99999
  backend:
    command: go run .
    port: { number: abc, fallbak: 3 }
    health: { http: api, perod: 3 }
    stop: { signal: TERM, grace: ten }
    restart: { policy: onfailure }
    dependsOn: [fronted, worker]
    env: { 1A: x, B: , C: [1] }
  worker:
    command:
    dependsOn: [backend]
  stop:
    command: [a, b]
    dependsOn: backend
tasks:
  test: {}
  backend: { run: x, deps: [tset], needs: [test] }
`;
  expect(await mistakesIn(text)).toBe(`devgen.config.yaml:1:1 config/unknown-key
  unknown key \`nam\` at the top of the config
  | nam: shop
  | ~~~
  = Did you mean \`name\`?
devgen.config.yaml:3:3 config/invalid-name
  \`Web_App\` in \`services\` must be a name of at most 63 lower-case letters, digits and hyphens that begins with a letter
  |   Web_App:
  |   ~~~~~~~
  = For example \`web-app\`.
devgen.config.yaml:4:5 config/unknown-key
  unknown key \`comand\` in \`services.Web_App\`
  |     comand: npm run dev
  |     ~~~~~~
  = Did you mean \`command\`?
devgen.config.yaml:5:11 config/invalid-value
  \`services.Web_App.port\` must be a port from 1 to 65535, \`auto\`, or a text with a variable such as \`\${API_PORT:-8000}\`, not \`99999\`
  |     port: 99999
  |           ~~~~~
devgen.config.yaml:8:21 config/invalid-value
  \`services.backend.port.number\` must be a port from 1 to 65535, \`auto\`, or a text with a variable such as \`\${API_PORT:-8000}\`, not \`abc\`
  |     port: { number: abc, fallbak: 3 }
  |                     ~~~
devgen.config.yaml:8:26 config/unknown-key
  unknown key \`fallbak\` in \`services.backend.port\`
  |     port: { number: abc, fallbak: 3 }
  |                          ~~~~~~~
  = Did you mean \`fallback\`?
devgen.config.yaml:9:21 config/invalid-value
  \`services.backend.health.http\` must be a path such as \`/health\`, or a whole URL, not \`api\`
  |     health: { http: api, perod: 3 }
  |                     ~~~
devgen.config.yaml:9:26 config/unknown-key
  unknown key \`perod\` in \`services.backend.health\`
  |     health: { http: api, perod: 3 }
  |                          ~~~~~
  = Did you mean \`period\`?
devgen.config.yaml:10:21 config/invalid-value
  \`services.backend.stop.signal\` must be one of \`SIGTERM\`, \`SIGINT\`, \`SIGQUIT\`, \`SIGHUP\`, \`SIGKILL\`, not \`TERM\`
  |     stop: { signal: TERM, grace: ten }
  |                     ~~~~
  = Did you mean \`SIGTERM\`?
devgen.config.yaml:10:34 config/invalid-value
  \`services.backend.stop.grace\` must be a duration such as \`500ms\`, \`10s\` or \`2m\` (a bare number is seconds), at most 22 days, not \`ten\`
  |     stop: { signal: TERM, grace: ten }
  |                                  ~~~
devgen.config.yaml:11:24 config/invalid-value
  \`services.backend.restart.policy\` must be one of \`on-failure\`, \`always\`, \`never\`, not \`onfailure\`
  |     restart: { policy: onfailure }
  |                        ~~~~~~~~~
  = Did you mean \`on-failure\`?
devgen.config.yaml:12:17 config/unknown-service
  there is no service \`fronted\`
  |     dependsOn: [fronted, worker]
  |                 ~~~~~~~
  = Known services: Web_App, backend, worker, stop.
devgen.config.yaml:13:12 config/invalid-name
  \`1A\` in \`services.backend.env\` must be the name of an environment variable: letters, digits and \`_\`, no digit first
  |     env: { 1A: x, B: , C: [1] }
  |            ~~
devgen.config.yaml:13:19 config/empty-value
  \`services.backend.env.B\` is empty; it must be a text, a number, \`true\` or \`false\`
  |     env: { 1A: x, B: , C: [1] }
  |                   ~
devgen.config.yaml:13:24 config/invalid-value
  \`services.backend.env.C\` must be a text, a number, \`true\` or \`false\`, not a list
  |     env: { 1A: x, B: , C: [1] }
  |                        ~
devgen.config.yaml:15:5 config/empty-value
  \`services.worker.command\` is empty; it must be a command line
  |     command:
  |     ~~~~~~~
devgen.config.yaml:16:17 config/dependency-cycle
  \`dependsOn\` goes in a circle: \`backend → worker → backend\`
  |     dependsOn: [backend]
  |                 ~~~~~~~
  = Take one of these dependencies out.
devgen.config.yaml:17:3 config/reserved-name
  no service can be called \`stop\`: that means something else already
  |   stop:
  |   ~~~~
  = Rename it, for example to \`stop-app\`.
devgen.config.yaml:18:5 config/invalid-value
  \`services.stop.command\` must be a command line, not a list
  |     command: [a, b]
  |     ~~~~~~~
devgen.config.yaml:19:16 config/invalid-value
  \`services.stop.dependsOn\` must be a list of service names, not \`backend\`
  |     dependsOn: backend
  |                ~~~~~~~
  = Write \`[backend]\`.
devgen.config.yaml:21:3 config/invalid-value
  \`tasks.test\` must be a task with \`run\` or \`deps\`
  |   test: {}
  |   ~~~~
devgen.config.yaml:22:3 config/name-taken
  \`backend\` is the name of a service and of a task
  |   backend: { run: x, deps: [tset], needs: [test] }
  |   ~~~~~~~
  = Rename one of them.
devgen.config.yaml:22:29 config/unknown-task
  there is no task \`tset\`
  |   backend: { run: x, deps: [tset], needs: [test] }
  |                             ~~~~
  = Did you mean \`test\`?
devgen.config.yaml:22:44 config/unknown-service
  there is no service \`test\`
  |   backend: { run: x, deps: [tset], needs: [test] }
  |                                            ~~~~
  = \`test\` is a task; services and tasks are started apart.`);
});

test.each<[title: string, text: string, told: string]>([
  [
    'an unknown dependency, with a suggestion',
    'services:\n  backend: { command: x }\n  web: { command: x, dependsOn: [backnd] }\n',
    `devgen.config.yaml:3:34 config/unknown-service
  there is no service \`backnd\`
  |   web: { command: x, dependsOn: [backnd] }
  |                                  ~~~~~~
  = Did you mean \`backend\`?`,
  ],
  [
    'a longer cycle, with its whole path',
    'services:\n  a: { command: x, dependsOn: [b] }\n  b: { command: x, dependsOn: [c] }\n  c: { command: x, dependsOn: [a] }\n',
    `devgen.config.yaml:4:32 config/dependency-cycle
  \`dependsOn\` goes in a circle: \`a → b → c → a\`
  |   c: { command: x, dependsOn: [a] }
  |                                ~
  = Take one of these dependencies out.`,
  ],
  [
    'a service that needs itself',
    'services: { a: { command: x, dependsOn: [a] } }\n',
    `devgen.config.yaml:1:42 config/dependency-cycle
  \`dependsOn\` goes in a circle: \`a → a\`
  | services: { a: { command: x, dependsOn: [a] } }
  |                                          ~
  = Take one of these dependencies out.`,
  ],
  [
    'a service called like an action on another',
    'services:\n  web: { command: x }\n  web-logs: { command: x }\n',
    `devgen.config.yaml:3:3 config/name-taken
  no service can be called \`web-logs\`: that is the action \`logs\` of the service \`web\`
  |   web-logs: { command: x }
  |   ~~~~~~~~
  = Rename one of them.`,
  ],
  [
    'a service under the dependencies of a task',
    'services: { web: { command: x } }\ntasks:\n  e2e: { run: x, deps: [web] }\n',
    `devgen.config.yaml:3:25 config/unknown-task
  there is no task \`web\`
  |   e2e: { run: x, deps: [web] }
  |                         ~~~
  = \`web\` is a service: name it under \`needs\`.`,
  ],
  [
    'a health check that needs a port, of a service without one',
    'services:\n  web:\n    command: x\n    health: /up\n',
    `devgen.config.yaml:4:13 config/invalid-value
  \`services.web.health\` must be \`command\` or \`log\`, because the service has no \`port\`, not \`/up\`
  |     health: /up
  |             ~~~`,
  ],
  [
    'two probes at once',
    'services:\n  web:\n    command: x\n    port: 1\n    health: { http: /up, log: ready }\n',
    `devgen.config.yaml:5:5 config/invalid-value
  \`services.web.health\` must be a mapping with only one of \`http\`, \`tcp\`, \`command\` and \`log\`
  |     health: { http: /up, log: ready }
  |     ~~~~~~`,
  ],
  [
    'a mistake in what an alias stands for is placed where it is written',
    'services:\n  a: &a { command: x, port: no }\n  b: { <<: *a }\n',
    `devgen.config.yaml:2:29 config/invalid-value
  \`services.a.port\` must be a port from 1 to 65535, \`auto\`, or a text with a variable such as \`\${API_PORT:-8000}\`, not \`no\`
  |   a: &a { command: x, port: no }
  |                             ~~
devgen.config.yaml:3:3 config/invalid-value
  \`services.b.port\` must be a port from 1 to 65535, \`auto\`, or a text with a variable such as \`\${API_PORT:-8000}\`, not \`no\`
  |   b: { <<: *a }
  |   ~`,
  ],
  [
    'a service outside of `services`',
    'web: { command: x }\n',
    `devgen.config.yaml:1:1 config/unknown-key
  unknown key \`web\` at the top of the config
  | web: { command: x }
  | ~~~
  = Put \`web\` under \`services\`.`,
  ],
  [
    'a command where a service or a task should be',
    'services: { web: npm start }\ntasks: { test: npm test }\n',
    `devgen.config.yaml:1:18 config/invalid-value
  \`services.web\` must be a mapping, not \`npm start\`
  | services: { web: npm start }
  |                  ~~~~~~~~~
  = Write \`{ command: npm start }\`.
devgen.config.yaml:2:16 config/invalid-value
  \`tasks.test\` must be a mapping, not \`npm test\`
  | tasks: { test: npm test }
  |                ~~~~~~~~
  = Write \`{ run: npm test }\`.`,
  ],
  [
    'a word that is nearly one of the choices, where a mapping would do too',
    'services: { web: { command: x, restart: onfailure } }\n',
    `devgen.config.yaml:1:41 config/invalid-value
  \`services.web.restart\` must be \`on-failure\`, \`always\`, \`never\`, or a mapping, not \`onfailure\`
  | services: { web: { command: x, restart: onfailure } }
  |                                         ~~~~~~~~~
  = Did you mean \`on-failure\`?`,
  ],
  [
    'a duplicate key',
    'services:\n  web: { command: a }\n  web: { command: b }\n',
    `devgen.config.yaml:3:3 config/duplicate-key
  \`web\` stands here a second time
  |   web: { command: b }
  |   ~~~
  = Keep one of the two.`,
  ],
  [
    'a tab',
    'services:\n\tweb: { command: a }\n',
    `devgen.config.yaml:2:1 config/syntax
  this is not YAML: tabs are not allowed as indentation
  | \tweb: { command: a }
  | ~
  = Indent with spaces.`,
  ],
  [
    'a colon in a plain text',
    'services:\r\n  web:\r\n    command: echo a: b\r\n',
    `devgen.config.yaml:3:14 config/syntax
  this is not YAML: nested mappings are not allowed in compact mappings
  |     command: echo a: b
  |              ~
  = Put the text into quotes: a colon followed by a space begins a value. Or mend the indentation.`,
  ],
  [
    'an alias without an anchor',
    'services: *all\n',
    `devgen.config.yaml:1:11 config/syntax
  unresolved alias (the anchor must be set before the alias): all
  | services: *all
  |           ~~~~`,
  ],
  [
    'a list instead of a mapping',
    '- web\n',
    `devgen.config.yaml:1:1 config/invalid-value
  the config must be a mapping with the key \`services\`, not a list
  | - web
  | ~~~~~`,
  ],
  [
    'an empty file',
    '\n',
    `devgen.config.yaml config/empty
  \`devgen.config.yaml\` is empty
  = Run \`npx devgen init\` to write a config, or delete the file.`,
  ],
  [
    'nothing but comments',
    '# services:\n',
    'devgen.config.yaml config/empty-value\n  the config is empty; it must be a mapping with the key `services`',
  ],
])('%s', async (_title, text, told) => {
  expect(await mistakesIn(text)).toBe(told);
});

test('JSON has places too, and is told that it has no comments', async () => {
  const text = '{\n\t"services": { "web": { "command": 3 } } // mine\n}';
  expect(
    await mistakesIn(text.replace(' // mine', ''), 'devgen.config.json'),
  ).toBe(`devgen.config.json:2:36 config/invalid-value
  \`services.web.command\` must be a command line, not \`3\`
  | \t"services": { "web": { "command": 3 } }
  |                                    ~
  = Put it into quotes: \`"3"\`.`);
  expect(await mistakesIn('{ // mine\n "services": {} }', 'devgen.config.json')).toContain(
    '= JSON has no comments; `devgen.config.yaml` would.',
  );
});

test('package.json has places within the key, and is not judged beyond it', async () => {
  const text = '{\n  "name": "a", "name": "b",\n  "devgen": {\n    "servces": {}\n  }\n}\n';
  expect(await mistakesIn(text, 'package.json')).toBe(`package.json:4:5 config/unknown-key
  unknown key \`servces\` at the top of the config
  |     "servces": {}
  |     ~~~~~~~~~
  = Did you mean \`services\`?`);
});

test('causes of a restart that the rest of `restart` rules out are refused', async () => {
  const text = `services:
  web: { command: serve, restart: { policy: always, on: [unhealthy] } }
  api: { command: serve, restart: { on: [memory] } }
  good: { command: serve, restart: { policy: always, on: [crash, memory], maxMemory: 1GB } }
  calm: { command: serve, restart: { on: [unhealthy] } }
`;
  expect((await mistakesIn(text)).split('\n').filter((line) => /^(?:dev| {2}`)/.test(line))).toEqual([
    'devgen.config.yaml:2:45 config/invalid-value',
    '  `services.web.restart.policy` must be left out where `on` is without `crash`, not `always`',
    'devgen.config.yaml:3:26 config/missing-key',
    '  `services.api.restart` has no `maxMemory`',
  ]);
});

test.each(['0', '200', '2.5', '$COUNT'])('%s is no number of instances', async (instances) => {
  const text = `services: { api: { command: serve, port: 80, instances: ${instances} } }\n`;
  expect(await mistakesIn(text)).toContain('`services.api.instances` must be a whole number from 1 to 10, not ');
});

test('a service whose variables are those of an instance of another is refused', async () => {
  const text = 'services:\n  api: { command: x, instances: 3 }\n  api-2: { command: x }\n  api-4: { command: x }\n';
  expect(await mistakesIn(text)).toBe(`devgen.config.yaml:3:3 config/name-taken
  no service can be called \`api-2\`: \`api.2\` has the same variables
  |   api-2: { command: x }
  |   ~~~~~
  = Rename one of them.`);
});

test('what would do nothing for a container is refused where it stands, with what to write in its place', async () => {
  const text = `services:
  db:
    container: db
    port: { number: 5432, fallback: 3 }
    onConflict: { policy: fallback, grace: 1s }
    restart: { policy: always, maxMemory: 512MB }
    stop: { signal: SIGINT, grace: 3s }
  cache: { container: cache, port: 6379, onConflict: fallback, instances: 2 }
  api: { command: serve, port: { number: 80, fallback: 3 }, onConflict: fallback, restart: { maxMemory: 1GB } }
`;
  const OTHER = 'for a container, which has no other port than that of its compose file';
  expect((await mistakesIn(text)).split('\n').filter((line) => /^(?:dev| {2}`)/.test(line))).toEqual([
    'devgen.config.yaml:4:37 config/invalid-value',
    `  \`services.db.port.fallback\` must be \`false\` ${OTHER}, not \`3\``,
    'devgen.config.yaml:5:27 config/invalid-value',
    `  \`services.db.onConflict.policy\` must be \`kill\`, \`ask\` or \`fail\` ${OTHER}, not \`fallback\``,
    'devgen.config.yaml:6:43 config/invalid-value',
    '  `services.db.restart.maxMemory` must be left out for a container, which `mem_limit` of its compose file limits, not `512MB`',
    'devgen.config.yaml:7:21 config/invalid-value',
    '  `services.db.stop.signal` must be left out for a container, which has `stop_signal` in its compose file, not `SIGINT`',
    'devgen.config.yaml:8:54 config/invalid-value',
    `  \`services.cache.onConflict\` must be \`kill\`, \`ask\` or \`fail\` ${OTHER}, not \`fallback\``,
    'devgen.config.yaml:8:75 config/invalid-value',
    '  `services.cache.instances` must be left out for a container: each is a service of its compose file, not `2`',
  ]);
});

test('an amount whose variables are unset, or stand for none, is refused where it stands', async () => {
  const text = `services:
  api:
    command: serve
    port: 80
    health: { timeout: $SHOP_TIMEOUT, period: "\${SHOP_PERIOD:-5s}", failureThreshold: $SHOP_TRIES }
    stop: { grace: $SHOP_GRACE }
    restart: { maxRestarts: "\${SHOP_GRACE", window: "\${SHOP_WINDOW:?say how long}" }
`;
  expect((await mistakesIn(text)).split('\n').filter((line) => /^(?:dev| {2}[`=])/.test(line))).toEqual([
    'devgen.config.yaml:5:24 config/variable-undefined',
    '  `services.api.health.timeout` must be a duration such as `500ms`, `10s` or `2m` (a bare number is seconds), longer than 0, at most 22 days, and `SHOP_TIMEOUT` is not set',
    '  = Set it, or write `\u0024{SHOP_TIMEOUT:-default}`.',
    'devgen.config.yaml:6:20 config/invalid-value',
    '  `services.api.stop.grace` must be a duration such as `500ms`, `10s` or `2m` (a bare number is seconds), at most 22 days, not `ten`, which `$SHOP_GRACE` stands for',
    'devgen.config.yaml:7:29 config/invalid-value',
    '  `services.api.restart.maxRestarts`: `\u0024{SHOP_GRACE` is no variable; write `$$` for a dollar sign',
    'devgen.config.yaml:7:53 config/invalid-value',
    '  `services.api.restart.window`: say how long',
  ]);
});
