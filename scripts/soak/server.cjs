// node server.cjs --soak NAME: numbers its lines, answers with its pid, its life (a pid is reused) and how many lines it has
// written so far; leaves a child in a session of its own.
const { spawn } = require('node:child_process');
const { createServer } = require('node:http');
const { writeSync } = require('node:fs');

const [, , , name, parent] = process.argv;
if (parent) setInterval(() => undefined, 1000);
else {
  spawn(process.execPath, [__filename, '--soak', name, String(process.pid)], { detached: true, stdio: 'inherit' });
  const life = `${process.pid}@${Date.now()}`;
  let line = 0;
  let unwritten = '';
  setInterval(() => {
    if (unwritten === '') unwritten = `${name} ${life} ${line++}\n`;
    try {
      unwritten = unwritten.slice(writeSync(1, unwritten));
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error; // The disk is full: the rest is written when there is room.
    }
  }, 20);
  const answer = () => `${process.pid} ${life} ${unwritten === '' ? line : line - 1}`;
  createServer((_, response) => response.end(answer())).listen(Number(process.env.PORT), '127.0.0.1');
}
