// The least that a Node tool can do: starts each service in a session of its own with its output in a file, asks every
// 2 ms whether it accepts connections, and stops by a signal to its group. Nothing is proved, nothing supervised.
// `node floor.mjs start|stop|restart|status|health FOLDER [NAME]`
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const [verb, folder, only] = process.argv.slice(2);
const services = JSON.parse(readFileSync(join(folder, 'services.json'), 'utf8')).filter(
  ({ name }) => only === undefined || name === only,
);
const verbs = { start, stop, restart: (each) => stop(each).then(() => start(each)), status: isUp, health: answers };
const results = await Promise.all(services.map((service) => verbs[verb](service)));
if (verb === 'status' || verb === 'health') services.map(({ name }, index) => console.log(name, results[index]));
process.exit(0);

async function start({ name, file, args, port }) {
  const log = openSync(join(folder, `${name}.log`), 'a');
  const child = spawn(file, args, { cwd: folder, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  writeFileSync(pidFile(name), String(child.pid));
  child.unref();
  while (!(await answers({ port }))) await delay(2);
}

async function stop({ name }) {
  const pid = Number(readFileSync(pidFile(name), 'utf8'));
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    return; // It has ended by itself.
  }
  while (isUp({ name })) await delay(2);
}

function isUp({ name }) {
  try {
    const stat = readFileSync(`/proc/${Number(readFileSync(pidFile(name), 'utf8'))}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

function answers({ port }) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true) ?? socket.destroy());
    socket.on('error', () => resolve(false));
  });
}

function pidFile(name) {
  return join(folder, `${name}.pid`);
}
