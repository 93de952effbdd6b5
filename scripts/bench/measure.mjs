import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** A function that runs the command once and returns how long it took, in ms. */
export function command(file, args, cwd = process.cwd()) {
  return () => {
    const startedAt = performance.now();
    const { status, stderr } = spawnSync(file, args, { cwd, env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
    const took = performance.now() - startedAt;
    if (status !== 0) throw new Error(`${[file, ...args].join(' ')} ended with exit code ${status}\n${stderr}`);
    return took;
  };
}

/** Times of each subject, taken in turn; a first round only warms the caches. */
export async function measure(rounds, subjects) {
  const samples = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, subject] of Object.entries(subjects)) {
      const took = await subject();
      if (round > 0) samples[name].push(took);
    }
  }
  return samples;
}

/** How long the server takes by itself, from its spawn until it says that it listens. */
export async function bootServer(file, port) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [file], {
    env: { ...environment(), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const took = performance.now() - startedAt;
  child.kill('SIGKILL');
  await once(child, 'exit');
  return took;
}

/** Node 20 parses the certificates of this variable at every start, which hides what is measured here. */
export function environment() {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  return rest;
}
