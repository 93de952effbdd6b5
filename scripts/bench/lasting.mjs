import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cpuMs, environment, interleave, isInstalled, pssMb, run } from './laboratory.mjs';
import { after, over, row, timesFloor, withProject } from './rows.mjs';

/** CPU and memory of what devgen keeps running, once the first probes are over. */
export async function atRest(count, seconds, { cpu, pss }) {
  return withProject(count, {}, async ({ dev, supervisor, processes, services }) => {
    await dev('start');
    await delay(Math.min(seconds, 15) * 1000);
    const servers = new Set(services.map(({ mark }) => mark));
    const [main] = [supervisor()];
    const others = processes()
      .map(Number)
      .filter((pid) => pid !== main && !isServer(pid, servers));
    const before = cpuMs([main, ...others]);
    await delay(seconds * 1000);
    const used = ((cpuMs([main, ...others]) - before) / (seconds * 1000)) * 100;
    const each = others.reduce((total, pid) => total + pssMb(pid), 0) / count;
    return [
      row(`at rest, ${count}: CPU`, used, { unit: '% of a core', goal: cpu }),
      row(`at rest, ${count}: PSS of the supervisor`, pssMb(main), {
        unit: 'MB',
        goal: pss,
        more: `+ ${each.toFixed(2)} a service`,
      }),
    ];
  });
}

function isServer(pid, marks) {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
    return !words[0].startsWith('devgen-') && words.some((word) => marks.has(word));
  } catch {
    return true; // It ended meanwhile.
  }
}

/** Numbered lines as fast as they can be written, rotation included; those that are in no file are lost. */
export async function flood(megabytes) {
  const lines = Math.round((megabytes * 1e6) / 100);
  const script = `my $t = time; for (1..${lines}) { print sprintf("%010d", $_), 'x' x 89, "\\n" }`;
  return withProject(
    1,
    { config: { logs: { maxSize: `${Math.ceil(megabytes / 3)}MB`, keep: 9 } } },
    async ({ root, dev, rest }) => {
      const file = join(root, 'devgen.config.json');
      const config = JSON.parse(readFileSync(file, 'utf8'));
      const services = { flood: { command: `perl flood.pl && sleep 600` } };
      writeFileSync(join(root, 'flood.pl'), `$| = 1;\n${script}\nopen my $f, '>', 'done';\n`);
      writeFileSync(file, JSON.stringify({ ...config, services }));
      await run('/bin/sh', ['-c', `perl flood.pl > plain.txt`], { cwd: root });
      rmSync(join(root, 'plain.txt'));
      rmSync(join(root, 'done'));
      await dev('start');
      while (!existsSync(join(root, 'done'))) await delay(50);
      await rest();
      const logs = readdirSync(join(root, 'logs')).filter((name) => name.startsWith('flood.log'));
      const kept = logs.reduce(
        (sum, name) => sum + readFileSync(join(root, 'logs', name)).filter((byte) => byte === 10).length,
        0,
      );
      return [row(`lines lost of ${lines} in a flood with rotations`, lines - kept, { unit: 'lines', goal: 0 })];
    },
  );
}

/** What others need for the same, where they are installed. */
export async function peers(count, rounds) {
  if (!isInstalled('pm2')) return [];
  return withProject(count, {}, async ({ root, services, onFloor }) => {
    const apps = services.map(({ name, file, args }) => ({ name, script: file, args, interpreter: 'none' }));
    writeFileSync(join(root, 'pm2.json'), JSON.stringify({ apps }));
    const pm2 = (...args) => run('pm2', args, { cwd: root, env: environment({ PM2_HOME: join(root, '.pm2') }) });
    const samples = await interleave(rounds, {
      floor: () => after(onFloor('start'), () => onFloor('stop')),
      pm2: () => after(pm2('start', 'pm2.json'), () => pm2('kill')),
    });
    return [row(`start and stop of ${count}, pm2`, over(samples.pm2, samples.floor), timesFloor)];
  });
}
