// Measures what devgen costs, in runs interleaved with `node -e 0`: nothing else on a machine compares across minutes.
// `node scripts/bench.mjs [--rounds N]`
import { parseArgs } from 'node:util';
import { createBenchProject } from './bench/bench-project.mjs';
import { bootServer, command, measure } from './bench/measure.mjs';
import { printTable } from './bench/table.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
const bare = command(process.execPath, ['-e', '0']);

const rows = [...(await measureStatus(1)), ...(await measureStatus(10)), ...(await measureStarts())];
printTable(rows, rounds);

async function measureStatus(services) {
  const project = createBenchProject(services);
  try {
    project.dev(['up', '-d']);
    const samples = await measure(rounds, {
      bare,
      status: command(project.launcher, ['status'], project.root),
    });
    const plural = services === 1 ? 'service' : 'services';
    return [{ name: `status, ${services} ${plural} up`, goal: 1.25, samples: samples.status, bare: samples.bare }];
  } finally {
    project.remove();
  }
}

/** Beyond the server's own boot: that time would pass without devgen as well. */
async function measureStarts() {
  const project = createBenchProject(2);
  const [first, second] = project.services;
  const start = command(project.launcher, ['start', first], project.root);
  try {
    project.dev(['status'], { mayFail: true }); // Compiles the plan.
    const samples = await measure(rounds, {
      bare,
      boot: () => bootServer(project.server, project.port),
      cold: async () => {
        project.stopAll();
        return start();
      },
      warm: async () => {
        project.stopAll();
        project.dev(['start', second]);
        return start();
      },
    });
    const beyond = (starts) => starts.map((ms, round) => ms - samples.boot[round]);
    return [
      { name: 'boot of the server alone', goal: null, samples: samples.boot, bare: samples.bare },
      { name: 'cold start, beyond that', goal: 3, samples: beyond(samples.cold), bare: samples.bare },
      { name: 'warm start, beyond that', goal: 1.6, samples: beyond(samples.warm), bare: samples.bare },
    ];
  } finally {
    project.remove();
  }
}
