import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ask, askUntil, bare, cli, environment, interleave, median, run } from './laboratory.mjs';
import { atRest, flood, peers } from './lasting.mjs';
import { after, over, row, timesFloor, timesNode, withProject } from './rows.mjs';

async function status(count, rounds, goal) {
  return withProject(count, {}, async ({ dev, onFloor }) => {
    await dev('start');
    await onFloor('start');
    const subjects = { bare, status: () => dev('status'), floor: () => onFloor('status') };
    if (count === 50) Object.assign(subjects, { health: () => dev('health') });
    const samples = await interleave(rounds, subjects);
    await onFloor('stop');
    const more = `floor ${over(samples.floor, samples.bare).toFixed(2)}`;
    const rows = [row(`status, ${count}`, over(samples.status, samples.bare), { ...timesNode, goal, more })];
    if (count === 50) rows.push(row('health, 50', over(samples.health, samples.bare), { ...timesNode, goal: 3 }));
    return rows;
  });
}

async function front(rounds) {
  return withProject(1, {}, async ({ dev }) => {
    const devgen = (word) => () => run(process.execPath, [cli, word]);
    const subjects = { bare, version: devgen('--version'), help: devgen('--help'), own: () => dev('--version') };
    const samples = await interleave(rounds, subjects);
    const of = (name) => over(samples[name], samples.bare);
    return [
      row('devgen --version', of('version'), { ...timesNode, goal: 1.3 }),
      row('devgen --help', of('help'), { ...timesNode, goal: 1.5 }),
      row('./dev --version', of('own'), { ...timesNode, goal: 1.3 }),
    ];
  });
}

/** Of one Node server, beyond the time that the server takes by itself. */
async function starts(rounds) {
  const kind = 'node';
  return withProject(2, { kind }, async ({ dev, rest, services: [first, second] }) => {
    const boot = () => bootOf(first);
    const cold = () => after(rest(), () => dev('start', first.name));
    const warm = async () => {
      await rest();
      await dev('start', second.name);
      return dev('start', first.name);
    };
    const ever = () => withProject(1, { kind, env: withEmptyCache() }, async (fresh) => fresh.dev('start'));
    const samples = await interleave(rounds, { bare, boot, cold, warm, ever });
    const beyond = (name) => (median(samples[name]) - median(samples.boot)) / median(samples.bare);
    return [
      row('cold start, beyond the boot of the server', beyond('cold'), { ...timesNode, goal: 2.5 }),
      row('first start ever, beyond that', beyond('ever'), { ...timesNode, goal: 3 }),
      row('warm start, beyond that', beyond('warm'), { ...timesNode, goal: 1.8 }),
    ];
  });
}

const caches = [];

function withEmptyCache() {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-bench-cache-'));
  caches.push(folder);
  return environment({ XDG_CACHE_HOME: folder });
}

export function removeCaches() {
  for (const folder of caches) rmSync(folder, { recursive: true, force: true });
}

/** At a port of its own: the service itself may run. */
async function bootOf({ file, port, args: [script], mark: beside }) {
  const mark = `${beside}-boot`;
  rmSync(mark, { force: true });
  const startedAt = performance.now();
  const child = spawn(file, [script, String(port + 5000), mark], { env: environment(), stdio: 'ignore' });
  while (!existsSync(mark)) await delay(1);
  const tookMs = performance.now() - startedAt;
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  return tookMs;
}

/** All at once, cold: how long, how long after the last one listens, and how long a stop of all takes. */
async function many(count, rounds, { start, detection }) {
  return withProject(count, {}, async ({ dev, onFloor, rest, listeningAt }) => {
    const [detected, stopped] = [[], []];
    const cold = async () => {
      await rest();
      const tookMs = await dev('start');
      detected.push(performance.timeOrigin + performance.now() - listeningAt());
      stopped.push(await dev('stop'));
      return tookMs;
    };
    const floors = [];
    const floor = async () => {
      const tookMs = await onFloor('start');
      floors.push(await onFloor('stop'));
      return tookMs;
    };
    const samples = await interleave(rounds, { floor, cold });
    const more = `${Math.round(median(samples.cold))} ms`;
    const rows = [
      row(`${count} tiny servers at once, cold`, over(samples.cold, samples.floor), {
        ...timesFloor,
        goal: start,
        more,
      }),
    ];
    if (detection) rows.push(row(`detection, ${count}`, median(detected.slice(1)), { unit: 'ms', goal: detection }));
    return [
      ...rows,
      row(`stop of ${count} tiny servers`, over(stopped.slice(1), floors.slice(1)), { ...timesFloor, goal: 1.5 }),
    ];
  });
}

async function stops(children, rounds) {
  return withProject(1, { kind: 'node', children }, async ({ dev, onFloor }) => {
    const samples = await interleave(rounds, {
      floor: () => after(onFloor('start'), () => onFloor('stop')),
      stop: () => after(dev('start'), () => dev('stop')),
    });
    const goal = children > 2 ? null : 1.5;
    const more = `${Math.round(median(samples.stop))} ms`;
    const name = `stop of a Node server with ${children} children`;
    return [row(name, over(samples.stop, samples.floor), { ...timesFloor, goal, more })];
  });
}

/** From the last answer of the old process to the first of the new one; and from its death by SIGKILL. */
async function returns(rounds) {
  return withProject(3, { kind: 'node', config: {} }, async ({ dev, onFloor, services: [one], root }) => {
    await dev('start');
    await onFloor('start');
    const floorPort = JSON.parse(readFileSync(join(root, '../floor/services.json'), 'utf8'))[0].port;
    const down = async (port, restart) => {
      const old = await ask(port);
      const restarted = restart();
      let lastAt = performance.now();
      await askUntil(port, (said) => {
        if (said === old) lastAt = performance.now();
        return said !== null && said !== old;
      });
      const tookMs = performance.now() - lastAt;
      await restarted;
      return tookMs;
    };
    const kill = (port) => async () => process.kill(Number(await ask(port)), 'SIGKILL');
    const samples = await interleave(rounds, {
      floor: () => down(floorPort, () => onFloor('restart', one.name)),
      restart: () => down(one.port, () => dev('restart', one.name)),
      boot: () => bootOf(one),
      crash: async () => {
        const tookMs = await down(one.port, kill(one.port));
        await dev('restart', one.name); // Else it would be a crash loop.
        return tookMs;
      },
    });
    await onFloor('stop');
    return [
      row('restart, downtime', over(samples.restart, samples.floor), { ...timesFloor, goal: 1.1 }),
      row('crash to answer, beyond the boot', median(samples.crash) - median(samples.boot), { unit: 'ms', goal: 20 }),
    ];
  });
}

/** Every line of the table, each with the part of it that `--only` names; `quick` in about a minute. */
export function linesOf({ rounds, quick }) {
  const few = Math.max(2, Math.round(rounds / 3));
  const seconds = quick ? 5 : 30;
  const large = quick ? [] : [() => status(200, few, null), () => many(200, few, { start: 3 }), () => stops(1000, few)];
  return {
    status: [() => status(1, rounds, 1.25), () => status(10, rounds, 1.25), () => status(50, rounds, 1.4)],
    front: [() => front(rounds)],
    start: [() => starts(few)],
    many: [
      () => many(1, few, { start: null, detection: 12 }),
      () => many(10, few, { start: 1.6, detection: 20 }),
      () => many(50, few, { start: 1.6, detection: 40 }),
    ],
    stop: [() => stops(0, few), () => stops(2, few)],
    return: [() => returns(few)],
    rest: [
      () => atRest(1, seconds, { cpu: 0.1, pss: 13 }),
      () => atRest(10, seconds, { cpu: 0.2, pss: 14 }),
      () => atRest(50, seconds, { cpu: 0.5, pss: 20 }),
    ],
    logs: [() => flood(quick ? 30 : 300)],
    large,
    peers: [() => peers(10, few)],
  };
}
