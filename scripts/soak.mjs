// Random commands, crashes, kills and port thefts from several shells at once, logs that are removed, a full disk and
// another user's commands (as root), and after each step the question whether everything is still as it must be. `node scripts/soak.mjs [--minutes N] [--seed S] [--steps N] [--nice]`; the seed replays
// the steps; `--nice`: yields to whatever else runs.
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { act, drawActions, isLoneCommand } from './soak/actions.mjs';
import { checkCommand, checkEnd, checkStep } from './soak/check.mjs';
import { seededRandom } from './soak/random.mjs';
import { createSoakProject } from './soak/soak-project.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    steps: { type: 'string', default: 'Infinity' },
    nice: { type: 'boolean', default: false },
  },
});
if (values.nice) setPriority(10);
const project = createSoakProject();
console.log(`soak: seed ${values.seed}, ${values.minutes} min, in ${project.root}`);
const { steps, problems } = await soak();
if (problems.length === 0) console.log(`soak: ${steps.length} steps, nothing found`);
else {
  process.exitCode = 1;
  console.log([`soak: found at step ${steps.length} of seed ${values.seed}:`, ...problems].join('\n  '));
  console.log(['the last steps:', ...steps.slice(-5)].join('\n  '));
  const replay = `node scripts/soak.mjs --minutes 600 --seed ${values.seed} --steps ${steps.length}`;
  console.log(`${project.root} is kept; replay: ${replay}`);
}
await project.end({ keep: problems.length > 0 });

/** Until the time is over, the steps are done, or something is wrong. */
async function soak() {
  const endMs = performance.now() + Number(values.minutes) * 60_000;
  const random = seededRandom(Number(values.seed));
  const steps = [];
  while (performance.now() < endMs && steps.length < Number(values.steps)) {
    const actions = drawActions(random, project.services);
    steps.push(actions.map((action) => action.join(' ')).join(' + '));
    const complaints = await Promise.all(actions.map((action) => act(project, action)));
    const unkept = isLoneCommand(actions) ? await checkCommand(project, actions[0]) : [];
    const problems = [...complaints.flat(), ...unkept, ...(await checkStep(project))];
    if (problems.length > 0) return { steps, problems };
  }
  return { steps, problems: await checkEnd(project) };
}
