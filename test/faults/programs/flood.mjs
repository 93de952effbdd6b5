// Writes as many numbered lines as its first argument says, in bursts, then the file that its second names, and waits.

import { writeFileSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const [, , count, file] = process.argv;
for (let line = 0; line < Number(count); ) {
  let text = '';
  for (const end = Math.min(line + 500, Number(count)); line < end; line++) text += `line ${line} ${'.'.repeat(40)}\n`;
  writeSync(1, text);
  await delay(5);
}
writeFileSync(file, '');
setInterval(() => undefined, 1000);
