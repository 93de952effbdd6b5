// A small Node server: `node server.cjs PORT FILE [CHILDREN]`. It touches its file once it listens.
const { spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const [, , port, file, children = '0'] = process.argv;
for (let child = 0; child < Number(children); child++) spawn('sleep', ['600'], { stdio: 'ignore' });
require('node:http')
  .createServer((_, response) => response.end(String(process.pid)))
  .listen(Number(port), '127.0.0.1', () => writeFileSync(file, ''));
process.on('SIGTERM', () => process.exit(0));
