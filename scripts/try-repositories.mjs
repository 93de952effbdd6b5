// Tries devgen on checkouts of real repositories: each is copied, initialised, started, asked, stopped, and looked at for
// what is left; prints a table with what a person has to do by hand.
// `node scripts/try-repositories.mjs [--minutes N] [--keep] CHECKOUT[=/PATH]…`: PATH is asked of its front ends too.
import { parseArgs } from 'node:util';
import { describeTrial, tableHead, tableRow } from './try/describe-trial.mjs';
import { tryCheckout } from './try/try-checkout.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '5' }, keep: { type: 'boolean', default: false } },
});
const limitMs = Number(values.minutes) * 60_000;
const trials = [];
for (const argument of positionals) {
  const [checkout, path] = argument.split('=', 2);
  const trial = await tryCheckout(checkout, { path, limitMs, keep: values.keep });
  console.log(describeTrial(trial).join('\n'));
  trials.push(trial);
}
console.log(['', ...tableHead(), ...trials.map(tableRow)].join('\n'));
process.exitCode = trials.length > 0 && trials.every(({ verdict }) => verdict === 'runs') ? 0 : 1;
