// node server.cjs --soak NAME: answers with its pid, numbers its lines, leaves a child in a session of its own.
const { spawn } = require('node:child_process');
const { createServer } = require('node:http');
const { writeSync } = require('node:fs');

const [, , , name, parent] = process.argv;
if (parent) setInterval(() => undefined, 1000);
else {
  spawn(process.execPath, [__filename, '--soak', name, String(process.pid)], { detached: true, stdio: 'inherit' });
  let line = 0;
  setInterval(() => writeSync(1, `${name} ${process.pid} ${line++}\n`), 20);
  createServer((_, response) => response.end(String(process.pid))).listen(Number(process.env.PORT), '127.0.0.1');
}
