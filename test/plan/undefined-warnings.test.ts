import { expect, test } from 'vitest';
import { compileAnew } from '../../src/plan/load-plan.ts';
import { show } from '../config/show.ts';
import { temporaryDirectory } from '../config/temporary-directory.ts';

test('a variable that the config names and nothing sets is told with its place', async () => {
  const root = temporaryDirectory({
    'devgen.config.yaml': `services:
  backend:
    command: serve --port $PORT --host $HOST --key $API_KEY $RANDOM
    port: 8000
    health: { command: check $BACKEND_ULR }
    env: { ORIGIN: $FRONTEND_URL, PASSWORD: pa$w0rd, HERE: "$\{NOT_HERE:-x}", ROOT: $PATH, PRICE: "5$$" }
  frontend: { command: 'cd web && vite --port "$PORT" --api $NONE', port: 5173, before: 'X=1; echo $X $Y' }
tasks:
  e2e: { run: test $PORT, env: { BASE: $FRONTEND_URL, HOST_OF: $HOST_NAME } }
`,
    '.env': 'API_KEY=k\n',
  });
  const compiled = await compileAnew(root);
  expect(
    show(compiled.ok ? compiled.value.warnings : compiled.error),
  ).toBe(`devgen.config.yaml:5:24 config/variable-undefined
  \`$BACKEND_ULR\` is not set; it becomes empty
  |     health: { command: check $BACKEND_ULR }
  |                        ~~~~~~~~~~~~~~~~~~
  = Did you mean \`$BACKEND_URL\`?
devgen.config.yaml:6:45 config/variable-undefined
  \`$w0rd\` is not set; it becomes empty
  |     env: { ORIGIN: $FRONTEND_URL, PASSWORD: pa$w0rd, HERE: "$\{NOT_HERE:-x}", ROOT: $PATH, PRICE: "5$$" }
  |                                             ~~~~~~~
  = Set it, or write \`$\{w0rd:-default}\`.
devgen.config.yaml:7:24 config/variable-undefined
  \`$NONE\` is not set; it becomes empty
  |   frontend: { command: 'cd web && vite --port "$PORT" --api $NONE', port: 5173, before: 'X=1; echo $X $Y' }
  |                        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
  = Set it, or write \`$\{NONE:-default}\`.
devgen.config.yaml:7:89 config/variable-undefined
  \`$Y\` is not set; it becomes empty
  |   frontend: { command: 'cd web && vite --port "$PORT" --api $NONE', port: 5173, before: 'X=1; echo $X $Y' }
  |                                                                                         ~~~~~~~~~~~~~~~~~
  = Set it, or write \`$\{Y:-default}\`.
devgen.config.yaml:9:15 config/variable-undefined
  \`$PORT\` is not set; it becomes empty
  |   e2e: { run: test $PORT, env: { BASE: $FRONTEND_URL, HOST_OF: $HOST_NAME } }
  |               ~~~~~~~~~~
  = Set it, or write \`$\{PORT:-default}\`.
devgen.config.yaml:9:64 config/variable-undefined
  \`$HOST_NAME\` is not set; it becomes empty
  |   e2e: { run: test $PORT, env: { BASE: $FRONTEND_URL, HOST_OF: $HOST_NAME } }
  |                                                                ~~~~~~~~~~
  = Set it, or write \`$\{HOST_NAME:-default}\`.`);
});

test('so is one in a health URL and in what is waited for', async () => {
  const root = temporaryDirectory({
    'devgen.config.yaml': `services:
  web:
    command: serve
    port: 8000
    health: { http: "http://localhost:$ADMIN_PORT/" }
    waitFor: [tcp:5432, "tcp:$DB"]
`,
  });
  const compiled = await compileAnew(root);
  const warnings = compiled.ok ? compiled.value.warnings : compiled.error;
  expect(warnings.map(({ message, place }) => `${message} ${place?.position?.line}`)).toEqual([
    '`$ADMIN_PORT` is not set; it becomes empty 5',
    '`$DB` is not set; it becomes empty 6',
  ]);
});
