// Starts and stops a service many times under one supervisor, and compares what is there at the end with what was there
// before: processes, the supervisor's descriptors, files; its memory and caches with what they were after the first fifth.
// `node scripts/cycles.mjs [--cycles N] [--nice]`
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { createCyclesProject } from './cycles/cycles-project.mjs';
import { supervisorOf, tracesOf } from './cycles/traces.mjs';

/**
 * What the supervisor keeps still grows by code that is compiled as it is used for the first time, about 1 MiB. One run
 * that is not forgotten, its record with its plan, has more than 4 KiB: 3 MiB over the 800 cycles that are compared.
 */
const KEPT_TOLERANCE_BYTES = 1.5 * 2 ** 20;
/** V8's space for what is young grows to 48 MiB once it is used much; a leak outside the heap ends above that. */
const RESIDENT_TOLERANCE_BYTES = 48 * 2 ** 20;

/** What of the project comes and goes with a run; the rest is logs, statuses and caches, which the first runs make. */
const OF_RUN = /^(run|tmp)\/|\/runs\//;
/** Made whenever another process has a port. */
const LAST_PORTS = 'logs/.devgen/ports.json';

const { values } = parseArgs({
  options: { cycles: { type: 'string', default: '1000' }, nice: { type: 'boolean', default: false } },
});
const cycles = Number(values.cycles);
if (values.nice) setPriority(10);
const project = createCyclesProject();
const problems = await cycle();
problems.push(...(await project.end()).map((command) => `left at the end: ${command}`));
console.log([`cycles: ${problems.length === 0 ? 'nothing' : 'something'} is left`, ...problems].join('\n  '));
process.exitCode = problems.length === 0 ? 0 : 1;

async function cycle() {
  const started = await project.dev('start', 'keeper');
  if (started.code !== 0) return [`start keeper ended with ${started.code}: ${started.output}`];
  const supervisor = supervisorOf(project);
  const before = await tracesOf(project, supervisor);
  let warm;
  for (let done = 1; done <= cycles; done++) {
    for (const verb of ['start', done % 2 === 0 ? 'stop' : 'kill']) {
      const { code, output } = await project.dev(verb, 'web');
      if (code !== 0) return [`cycle ${done}: ${verb} web ended with ${code}: ${output}`];
    }
    if (done % Math.ceil(cycles / 5) !== 0 && done !== cycles) continue;
    if (supervisorOf(project) !== supervisor) return [`cycle ${done}: there is another supervisor`];
    const traces = await tracesOf(project, supervisor);
    console.log(`after ${done}: ${summary(traces)}`);
    warm ??= traces;
    if (done === cycles) return [...added({ before, warm }, traces), ...grown(warm.memory, traces.memory)];
  }
}

function summary({ processes, descriptors, files, memory }) {
  const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MiB`;
  const { heapUsed, external, rss } = memory;
  return [
    `${processes.length} processes, ${descriptors.length} descriptors, ${files.length} files`,
    `heap ${mib(heapUsed)}, external ${mib(external)}, resident ${mib(rss)}`,
  ].join('; ');
}

function added({ before, warm }, now) {
  const files = [...before.files, ...warm.files.filter((file) => !OF_RUN.test(file)), LAST_PORTS];
  return ['processes', 'descriptors', 'files'].flatMap((kind) => {
    const known = [...(kind === 'files' ? files : before[kind])];
    const isNew = (item) => {
      const at = known.indexOf(item);
      if (at !== -1) known.splice(at, 1);
      return at === -1;
    };
    return now[kind].filter(isNew).map((item) => `${kind}: ${item}`);
  });
}

function grown(warm, now) {
  const kept = now.heapUsed + now.external - warm.heapUsed - warm.external;
  const resident = now.rss - warm.rss;
  return [
    ...(kept > KEPT_TOLERANCE_BYTES ? [`memory: ${kept} bytes more are kept`] : []),
    ...(resident > RESIDENT_TOLERANCE_BYTES ? [`memory: ${resident} bytes more are resident`] : []),
  ];
}
