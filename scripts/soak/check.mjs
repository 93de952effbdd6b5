import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
  const lost = project.services.flatMap((name) => lostLines(project, name));
  return [...problems, ...project.strangers.hurt(), ...lost, ...bugs(project)];
}

/** What a command that nothing crossed did not do; to be asked at its end, before anything could settle. */
export async function checkCommand(project, [verb, service]) {
  const { stdout } = await project.dev(['status', '--json']);
  const isMeant = verb === 'stop' || verb === 'kill' ? isOver : ({ state }) => state === 'ready';
  return JSON.parse(stdout)
    .services.filter((each) => (service === undefined || each.service === service) && !isMeant(each))
    .map((each) => `after ./dev ${verb} alone, ${each.service} is ${each.state}`);
}

/** The same, and that a last stop leaves nothing, once the supervisor has gone. */
export async function checkEnd(project) {
  const { code, output } = await project.dev(['stop']);
  const problems = code === 0 ? [] : [`the last stop ended with ${code}: ${output}`];
  const endMs = performance.now() + 5000;
  while (processesOf(project).length > 0 && performance.now() < endMs) await delay(50);
  const left = processesOf(project).map(({ pid, service }) => `pid ${pid} (${service ?? 'ours'}) is left`);
  const files = filesLeft(project).map((name) => `${name} is left`);
  return [...problems, ...left, ...files, ...(await checkStep(project))];
}

/**
 * Records, FIFOs, sockets and half-written files; none may outlive the last run. The claim on a port may: it lapses with
 * its supervisor, and that one may have been killed.
 */
function filesLeft({ root }) {
  const state = join(root, 'logs/.devgen');
  if (!existsSync(state)) return [];
  const isOfRun = (entry) =>
    entry.parentPath.endsWith('/runs') || entry.isSocket() || entry.isFIFO() || /^\.|\.(new|tmp)$/.test(entry.name);
  return readdirSync(state, { recursive: true, withFileTypes: true })
    .filter(isOfRun)
    .map(({ name }) => name);
}

/** Mistakes of ours that no command told of: the next one made up for them. */
function bugs({ root }) {
  const log = join(root, 'logs/devgen.log');
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  return text.includes(' ERROR ') ? [`logs/devgen.log: ${text.slice(text.indexOf(' ERROR ') + 1, 2000)}`] : [];
}

/** One run of each service, no orphan, and a status that equals the truth. */
async function look(project) {
  const { code, stdout, output } = await project.dev(['status', '--json']);
  if (code === null || code > 1) return [`status ended with ${code}: ${output}`];
  const { services } = JSON.parse(stdout);
  const processes = processesOf(project);
  const problems = await Promise.all(services.map((status) => compare(project, status, processes)));
  const pids = new Set(processes.map(({ pid }) => pid));
  const orphans = processes.filter(({ isChild, parent }) => isChild && !pids.has(parent));
  const supervisors = processes.filter(({ isSupervisor }) => isSupervisor);
  return [
    ...problems.flat(),
    ...orphans.map(({ pid, service }) => `pid ${pid} is an orphan of ${service}`),
    ...(supervisors.length > 1 ? [`${supervisors.length} supervisors`] : []),
  ];
}

async function compare(project, { service, state, pid, url }, processes) {
  const runs = processes.filter((each) => each.service === service && !each.isChild).map((each) => each.pid);
  if (state === 'ready') {
    if (runs.length !== 1 || runs[0] !== pid) return [`${service} is ready with pid ${pid}, but [${runs}] run`];
    const [answeredBy, life, lines] = (await ask(url)).split(' ');
    if (answeredBy !== String(pid)) return [`${service} is ready with pid ${pid}, but ${url} says ${answeredBy}`];
    if (!project.isLogged(life)) return [];
    const logged = linesOf(project, service).filter((line) => line.life === life).length;
    return logged >= Number(lines) ? [] : [`${service} wrote ${lines} lines, but its log has ${logged} of them`];
  }
  // Without its record and without a supervisor it is known to run, and no more.
  if (state === 'unknown' && (project.hasLostLogs || isCutOff(project, service)) && runs.includes(pid)) return [];
  if (!isOver({ state })) return [`${service} is still ${state}`];
  return runs.length === 0 ? [] : [`${service} is ${state}, but [${runs}] run`];
}

/** Nothing that runs is ended by a record that cannot be read. */
function isCutOff({ root }, service) {
  try {
    return readFileSync(join(root, `logs/.devgen/runs/${service}.json`), 'utf8').startsWith('{"cut off');
  } catch {
    return false;
  }
}

function isOver({ state }) {
  return state === 'down' || state === 'failed' || state === 'crashed';
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
  for (const { life, number } of linesOf(project, service)) {
    const expected = next.get(life) ?? 0;
    if (number !== expected) return [`${service}: after line ${expected - 1} of ${life} comes ${number}`];
    next.set(life, expected + 1);
  }
  return [];
}

function linesOf(project, service) {
  const lines = readLog(project, service).matchAll(/ (\d+@\d{13}) (\d+)$/gm);
  return [...lines].map(([, life, number]) => ({ life, number: Number(number) }));
}

function readLog(project, service) {
  try {
    return readFileSync(join(project.root, 'logs', `${service}.log`), 'utf8');
  } catch {
    return ''; // It never ran.
  }
}
