// A server with the habits that make trouble. Listens on --port, else on $PORT, and answers with JSON that says who it is.
//   --name NAME          --host ADDRESS
//   --unready MS         answer 503 for MS     --silent          accept, never answer
//   --never-listen       --wrong-port PORT     listen there instead
//   --crash-after MS     exit with code 3      --exit CODE       exit at once
//   --ignore-term        --grandchild          leave a child in a session of its own
//   --fork               a child listens, this process only waits
//   --driven SOCKET      does nothing but what the test says there: listen [PORT], close [PORT], move PORT, answer STATUS, asked
//                        TIMES, exit CODE, print TEXT, a line each, answered with `done`
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const { values } = parseArgs({
  options: {
    name: text,
    host: text,
    port: text,
    driven: text,
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
let status = 200;
const asked = Object.assign(new EventEmitter(), { count: 0 });

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
} else if (values.driven !== undefined) {
  obey(connect(values.driven));
} else if (values['never-listen']) {
  setInterval(() => undefined, 1000);
} else {
  listen();
}

function obey(driver) {
  const servers = new Map();
  const instructions = {
    listen: async (at = port) => {
      servers.set(Number(at), listen(Number(at)));
      await once(servers.get(Number(at)), 'listening');
    },
    // Without a port: the one that it listens on since last.
    close: async (at = [...servers.keys()].at(-1)) => {
      const server = servers.get(Number(at));
      servers.delete(Number(at));
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
    move: async (to) => {
      await instructions.close();
      await instructions.listen(to);
    },
    answer: (code) => {
      status = Number(code);
    },
    asked: async (times) => {
      while (asked.count < Number(times)) await once(asked, 'request');
    },
    exit: (code) => process.exit(Number(code)),
    print: (...words) => console.log(words.join(' ')),
  };
  // A test that has ended drives nothing any more.
  driver.on('error', () => process.exit(1));
  driver.write(`${process.pid}\n`);
  createInterface({ input: driver }).on('line', async (line) => {
    const [instruction, ...words] = line.split(' ');
    await instructions[instruction](...words);
    driver.write('done\n');
  });
}

function listen(at = port) {
  const server = createServer((request, response) => {
    console.log(`${name}: ${request.method} ${request.url}`);
    asked.count += 1;
    asked.emit('request');
    if (values.silent) return;
    const isReady = Date.now() - startedAt >= Number(values.unready ?? 0);
    response.writeHead(isReady ? status : 503, { 'content-type': 'application/json' });
    const { PORT, BACKEND_URL, FRONTEND_URL } = process.env;
    response.end(
      JSON.stringify({ server: name, pid: process.pid, path: request.url, PORT, BACKEND_URL, FRONTEND_URL }),
    );
  });
  server.on('error', (error) => {
    console.error(`${name}: ${error.message}`);
    process.exit(1);
  });
  return server.listen({ port: at, host: values.host }, () => console.log(`${name}: listening on ${at}`));
}
