// What a coding agent does all day, done by a script: no terminal, 30 s and 8 KB of output a command, and of `./dev` only
// what AGENTS.md names. Prints the commands and bytes that each job took, and every hang, flood and lie; a lie is whatever a
// request to the servers themselves contradicts. `node scripts/agent-jobs.mjs [--keep] [--verbose] [--only JOB]`
import { parseArgs } from 'node:util';
import { createAgent } from './agent-jobs/agent.mjs';
import { JOBS } from './agent-jobs/jobs.mjs';
import { createProjects } from './agent-jobs/projects.mjs';

const MOST_COMMANDS = 3;
const MOST_BYTES = 3000;

const { values } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
  },
});
const rows = [];
for (const project of createProjects()) {
  try {
    for (const job of JOBS.filter(isWanted)) rows.push(await perform(job, project));
  } finally {
    const left = await project.end(values);
    if (left.length > 0) rows.push({ project: project.name, job: 'the end', commands: [], complaints: left });
  }
}
report();

/** Without the first one there is nothing to work on. */
function isWanted({ name }, index) {
  return index === 0 || name.includes(values.only);
}

/** A job begins with a project that runs and is well, and leaves it so. */
async function perform(job, project) {
  const complaints = [];
  const agent = createAgent({ project, name: 'claude', complain: (text) => complaints.push(text) });
  const begunMs = performance.now();
  try {
    await job.perform({ agent, project, another: (name) => agent.another(name) });
  } catch (error) {
    complaints.push(error.message);
  }
  const seconds = (performance.now() - begunMs) / 1000;
  const row = { project: project.name, job: job.name, commands: agent.commands, complaints, seconds };
  console.log(lineOf(row));
  if (values.verbose || complaints.length > 0) console.log(agent.transcript());
  return row;
}

function lineOf({ project, job, commands, complaints, seconds = 0 }) {
  const counts = `${String(commands.length).padStart(2)} commands ${String(bytesOf(commands)).padStart(6)} bytes`;
  const slowest = Math.max(0, ...commands.map((command) => command.seconds));
  const times = `${seconds.toFixed(1).padStart(6)} s, the slowest command ${slowest.toFixed(1)} s`;
  return [`${project.padEnd(13)} ${job.padEnd(28)} ${counts} ${times}`, ...complaints].join('\n    ');
}

function report() {
  const jobs = rows.filter(({ job }) => job !== 'the end');
  const commands = medianOf(jobs.map((row) => row.commands.length));
  const bytes = medianOf(jobs.map((row) => bytesOf(row.commands)));
  const complaints = rows.flatMap((row) => row.complaints.map((text) => `${row.project}, ${row.job}: ${text}`));
  console.log(`\n${jobs.length} jobs; median ${commands} commands, ${bytes} bytes; ${complaints.length} complaints`);
  console.log(complaints.map((text) => `  ${text}`).join('\n'));
  process.exitCode = complaints.length > 0 || commands > MOST_COMMANDS || bytes > MOST_BYTES ? 1 : 0;
}

function bytesOf(commands) {
  return commands.reduce((sum, { bytes }) => sum + bytes, 0);
}

function medianOf(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}
