import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/**
 * Servers that belong to no project and take ports, and one beside them that no command has a reason to touch; no command here is allowed
 * to end any of them.
 */
export function createStrangers() {
  const byPort = new Map();
  const bystander = listen(0);
  return {
    /** Nothing happens when another process has the port. */
    async take(port) {
      if (!byPort.has(port) && (await isFree(port))) byPort.set(port, listen(port));
      return [];
    },
    async leave(port) {
      const stranger = byPort.get(port);
      byPort.delete(port);
      if (stranger !== undefined) await ended(stranger);
      return [];
    },
    /** Those that this program did not end itself. */
    hurt() {
      const all = [
        ['the bystander', bystander],
        ...[...byPort].map(([port, each]) => [`the stranger on ${port}`, each]),
      ];
      return all.filter(([, { signalCode }]) => signalCode !== null).map(([who]) => `${who} was ended`);
    },
    endAll: () => Promise.all([bystander, ...byPort.values()].map(ended)),
  };
}

/** One that comes too late for its port ends by itself. */
function listen(port) {
  const program = `require('node:net').createServer().on('error', () => process.exit(0)).listen(${port}, '127.0.0.1')`;
  return spawn(process.execPath, ['-e', program], { stdio: 'ignore', detached: true });
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
}
