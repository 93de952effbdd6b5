// Writes to a terminal what no service should, and a line without measure; then serves.
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const bad = ['\u001b[2J\u001b[H', '\u001bc', '\u001b]0;owned\u0007', '\u001b[?25l', '\u001b[?1049h', '\u009b2J'];
bad.push('\u001b]52;c;b3duZWQ=\u0007', '\u001bP+q\u001b\\', '\u001b[6n', '\u0007\b\b', '\u001b[31mred');
for (const each of bad) process.stdout.write(`shouted ${each}\n`);
process.stdout.write(`long ${'x'.repeat(300_000)}\n`);
// In two halves, each with nothing wrong about it.
process.stdout.write('halved \u001b');
await delay(200);
process.stdout.write(']0;owned\u0007\n');
createServer((_, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1');
console.log('serves');
