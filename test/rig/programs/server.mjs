// A server with the habits that make trouble. Listens on --port, else on $PORT, and answers with JSON that says who it is.
//   --name NAME          --host ADDRESS        --delay MS        listen only after MS
//   --unready MS         answer 503 for MS     --silent          accept, never answer
//   --never-listen       --wrong-port PORT     listen there instead
//   --crash-after MS     exit with code 3      --exit CODE       exit at once
//   --ignore-term        --grandchild          leave a child in a session of its own
//   --fork               a child listens, this process only waits
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const { values } = parseArgs({
  options: {
    name: text,
    host: text,
    port: text,
    delay: text,
    unready: text,
    exit: text,
    'wrong-port': text,
    'crash-after': text,
    silent: flag,
    fork: flag,
    grandchild: flag,
    'never-listen': flag,
    'ignore-term': flag,
  },
});
const name = values.name ?? 'server';
const port = Number(values['wrong-port'] ?? values.port ?? process.env.PORT);
const startedAt = Date.now();

if (values.exit !== undefined) {
  console.error(`${name}: cannot go on`);
  process.exit(Number(values.exit));
}
if (values['ignore-term']) process.on('SIGTERM', () => console.log(`${name}: SIGTERM ignored`));
if (values['crash-after']) {
  setTimeout(() => {
    console.error(`${name}: crashed`);
    process.exit(3);
  }, Number(values['crash-after']));
}
if (values.grandchild) {
  const wait = `${values['ignore-term'] ? "process.on('SIGTERM', () => 0);" : ''} setInterval(() => 0, 1000)`;
  spawn(process.execPath, ['-e', wait], { detached: true, stdio: 'inherit' }).unref();
}
if (values.fork) {
  const args = process.argv.slice(2).filter((argument) => argument !== '--fork' && argument !== '--grandchild');
  spawn(process.execPath, [process.argv[1], ...args], { stdio: 'inherit' });
} else if (values['never-listen']) {
  setInterval(() => undefined, 1000);
} else {
  setTimeout(listen, Number(values.delay ?? 0));
}

function listen() {
  const server = createServer((request, response) => {
    console.log(`${name}: ${request.method} ${request.url}`);
    if (values.silent) return;
    const isReady = Date.now() - startedAt >= Number(values.unready ?? 0);
    response.writeHead(isReady ? 200 : 503, { 'content-type': 'application/json' });
    const { PORT, BACKEND_URL, FRONTEND_URL } = process.env;
    response.end(
      JSON.stringify({ server: name, pid: process.pid, path: request.url, PORT, BACKEND_URL, FRONTEND_URL }),
    );
  });
  server.on('error', (error) => {
    console.error(`${name}: ${error.message}`);
    process.exit(1);
  });
  server.listen({ port, host: values.host }, () => console.log(`${name}: listening on ${port}`));
}
