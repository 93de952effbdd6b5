import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processesOf } from './processes.mjs';

/** How long crashes, back-off and readiness may take to settle; a stop's grace period is 10 s. */
const SETTLED_WITHIN_MS = 20_000;

/** What is wrong once everything has settled; empty: nothing. */
export async function checkStep(project) {
  const endMs = performance.now() + SETTLED_WITHIN_MS;
  let problems = await look(project);
  while (problems.length > 0 && performance.now() < endMs) {
    await delay(100);
    problems = await look(project);
  }
  return [...problems, ...project.strangers.hurt(), ...project.services.flatMap((name) => lostLines(project, name))];
}

/** The same, and that a last stop leaves nothing, once the supervisor has gone. */
export async function checkEnd(project) {
  const { code, output } = await project.dev(['stop']);
  const problems = code === 0 ? [] : [`the last stop ended with ${code}: ${output}`];
  const endMs = performance.now() + 5000;
  while (processesOf(project).length > 0 && performance.now() < endMs) await delay(50);
  const left = processesOf(project).map(({ pid, service }) => `pid ${pid} (${service ?? 'ours'}) is left`);
  return [...problems, ...left, ...(await checkStep(project))];
}

/** One run of each service, no orphan, and a status that equals the truth. */
async function look(project) {
  const { code, stdout, output } = await project.dev(['status', '--json']);
  if (code === null || code > 1) return [`status ended with ${code}: ${output}`];
  const { services } = JSON.parse(stdout);
  const processes = processesOf(project);
  const problems = await Promise.all(services.map((status) => compare(status, processes)));
  const pids = new Set(processes.map(({ pid }) => pid));
  const orphans = processes.filter(({ isChild, parent }) => isChild && !pids.has(parent));
  const supervisors = processes.filter(({ isSupervisor }) => isSupervisor);
  return [
    ...problems.flat(),
    ...orphans.map(({ pid, service }) => `pid ${pid} is an orphan of ${service}`),
    ...(supervisors.length > 1 ? [`${supervisors.length} supervisors`] : []),
  ];
}

async function compare({ service, state, pid, url }, processes) {
  const runs = processes.filter((each) => each.service === service && !each.isChild).map((each) => each.pid);
  if (state === 'ready') {
    if (runs.length !== 1 || runs[0] !== pid) return [`${service} is ready with pid ${pid}, but [${runs}] run`];
    const answer = await ask(url);
    return answer === String(pid) ? [] : [`${service} is ready with pid ${pid}, but ${url} says ${answer}`];
  }
  if (state !== 'down' && state !== 'failed' && state !== 'crashed') return [`${service} is still ${state}`];
  return runs.length === 0 ? [] : [`${service} is ${state}, but [${runs}] run`];
}

async function ask(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return await response.text();
  } catch (error) {
    return String(error);
  }
}

/** Each run numbers its lines from 0 on. */
function lostLines(project, service) {
  const next = new Map();
  for (const [, pid, number] of readLog(project, service).matchAll(/^\w+ (\d+) (\d+)$/gm)) {
    const expected = next.get(pid) ?? 0;
    if (Number(number) !== expected) return [`${service}: after line ${expected - 1} of pid ${pid} comes ${number}`];
    next.set(pid, expected + 1);
  }
  return [];
}

function readLog(project, service) {
  try {
    return readFileSync(join(project.root, 'logs', `${service}.log`), 'utf8');
  } catch {
    return ''; // It never ran.
  }
}
