// Many worktrees of one repository, started all at once, each time in another order: whether each keeps its ports and every
// server is told of its own worktree's others; then all are removed with git while they run, and nothing may be left.
// `node scripts/twenty-worktrees.mjs [--worktrees N] [--rounds N]`
import { parseArgs } from 'node:util';
import { seededRandom } from './soak/random.mjs';
import { createWorktrees } from './twenty-worktrees/create-worktrees.mjs';

const { values } = parseArgs({
  options: { worktrees: { type: 'string', default: '20' }, rounds: { type: 'string', default: '3' } },
});
const random = seededRandom(1);
const repository = createWorktrees(Number(values.worktrees));
const problems = [];
let ports;
try {
  for (let round = 1; round <= Number(values.rounds); round++) {
    const begunMs = performance.now();
    problems.push(...(await repository.startAll(shuffled(repository.worktrees))));
    const now = repository.ports();
    ports ??= now;
    problems.push(...differences(ports, now), ...(await repository.miswired()));
    const seconds = ((performance.now() - begunMs) / 1000).toFixed(1);
    console.log(
      `round ${round}: ${repository.worktrees.length} worktrees, ${new Set(Object.values(now)).size} ports, ${seconds} s`,
    );
    if (round < Number(values.rounds)) problems.push(...(await repository.stopAll()));
  }
  problems.push(...(await repository.removeAll()));
} finally {
  problems.push(...(await repository.end()));
}
console.log([`twenty worktrees: ${problems.length === 0 ? 'nothing found' : 'found'}`, ...problems].join('\n  '));
process.exitCode = problems.length === 0 ? 0 : 1;

function shuffled(items) {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function differences(before, after) {
  const names = Object.keys(before).filter((name) => before[name] !== after[name]);
  return names.map((name) => `${name} had port ${before[name]}, and now ${after[name]}`);
}
