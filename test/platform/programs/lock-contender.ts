import { acquireLock } from '../../../src/platform/checkout-lock.ts';
import { acquireGenerationLock } from '../../../src/platform/generation-lock.ts';

/** `KIND DIRECTORY START_AT`: takes the lock at that moment (epoch ms), tells `won` or `lost`, and keeps it until it is killed. */
const [, , kind = '', directory = '', startAt = ''] = process.argv;
setInterval(() => undefined, 1000);
setTimeout(async () => {
  const lock = kind === 'generation' ? acquireGenerationLock('run', directory) : await acquireLock('run', directory);
  process.stdout.write(lock === undefined ? 'lost\n' : 'won\n');
}, Number(startAt) - Date.now());
