// Loaded into every program of the project by NODE_OPTIONS; in the supervisor it collects all garbage at SIGUSR2, and then
// writes what memory is left to $CYCLES_MEMORY, so that two measurements differ by what is kept alone.
if (process.argv[1]?.endsWith('supervisor.cjs')) {
  require('node:v8').setFlagsFromString('--expose-gc');
  const collect = require('node:vm').runInNewContext('gc');
  const { renameSync, writeFileSync } = require('node:fs');
  const file = process.env.CYCLES_MEMORY;
  process.on('SIGUSR2', () => {
    for (let times = 0; times < 3; times++) collect();
    writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
    renameSync(`${file}.new`, file);
  });
}
