// Starts and stops a service many times under one supervisor, and compares what is there after the first fifth with what is
// there at the end: processes, the supervisor's descriptors and memory, files. `node scripts/cycles.mjs [--cycles N] [--nice]`
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { createCyclesProject } from './cycles/cycles-project.mjs';
import { supervisorOf, tracesOf } from './cycles/traces.mjs';

/**
 * The live heap after all garbage is collected still breathes, by code that is compiled lazily and by the buffers of
 * the event log; a record of a run that is kept at each cycle is 4 KiB at least.
 */
const HEAP_TOLERANCE_BYTES = 256 * 1024;
const HEAP_TOLERANCE_BYTES_PER_CYCLE = 256;

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
  let first;
  for (let done = 1; done <= cycles; done++) {
    for (const verb of ['start', done % 2 === 0 ? 'stop' : 'kill']) {
      const { code, output } = await project.dev(verb, 'web');
      if (code !== 0) return [`cycle ${done}: ${verb} web ended with ${code}: ${output}`];
    }
    if (done % Math.ceil(cycles / 5) !== 0 && done !== cycles) continue;
    if (supervisorOf(project) !== supervisor) return [`cycle ${done}: there is another supervisor`];
    const traces = await tracesOf(project, supervisor);
    console.log(`after ${done}: ${summary(traces)}`);
    if (done === cycles) return compare(first ?? traces, traces);
    first ??= traces;
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

function compare(first, last) {
  const added = (kind) => {
    const before = [...first[kind]];
    return last[kind]
      .filter((item) => {
        const at = before.indexOf(item);
        if (at !== -1) before.splice(at, 1);
        return at === -1;
      })
      .map((item) => `${kind}: ${item}`);
  };
  const grown = last.memory.heapUsed + last.memory.external - first.memory.heapUsed - first.memory.external;
  const allowed = HEAP_TOLERANCE_BYTES + HEAP_TOLERANCE_BYTES_PER_CYCLE * cycles;
  return [
    ...['processes', 'descriptors', 'files'].flatMap(added),
    ...(grown > allowed ? [`memory: ${grown} bytes more are kept`] : []),
  ];
}
