import type { Failure } from '../state/lifecycle.ts';
import type { PortFailure } from './describe-port-failure.ts';
import { describeRemedy } from './describe-remedy.ts';
import type { Words } from './sentence.ts';

/** Those that have no file of their own. */
export type OtherFailure = Exclude<Failure, PortFailure | { readonly reason: 'stop-incomplete' | 'cancelled' }>;

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** What mends a failure of `service`: something to do, after which it works. */
export function adviseOnFailure(failure: OtherFailure, service: string, words: Words): readonly string[] {
  const remedy = 'remedy' in failure ? describeRemedy(failure.remedy, service) : [];
  // Of a server that listens, its answer tells more than what it wrote.
  const isSilent = failure.reason !== 'start-timeout' || failure.seen.kind === 'nothing-listens';
  if (remedy.length === 0 || !isSilent) return [`hint: ${generalAdvice(failure, service, words)}`];
  // What lives sees by itself that it was mended.
  const hasEnded = failure.reason === 'exited' || failure.reason === 'crash-loop';
  if (!hasEnded) return remedy;
  return remedy.map((line) => `${line.replace(/\.$/, '')}; \`${words.program} start ${service}\` begins anew.`);
}

function generalAdvice(failure: OtherFailure, service: string, { program }: Words): string {
  const start = `\`${program} start ${service}\``;
  const restart = `\`${program} restart ${service}\``;
  const correct = (key: string): string => `\`${key}\` of \`${service}\` in the config`;
  switch (failure.reason) {
    case 'command-not-found':
      return `Install it, or correct ${correct('command')} (\`.venv/bin/NAME\`, \`npx NAME\`).`;
    case 'spawn-failed':
      return failure.code === 'EACCES'
        ? `Its program must be executable (\`chmod +x FILE\`), or correct ${correct('command')}.`
        : `Correct ${correct('command')}; ${start} tries again.`;
    case 'cwd-missing':
      return `Correct ${correct('cwd')}.`;
    case 'wait-for-timeout':
      return `Start what listens there, or correct ${correct('waitFor')}; ${start} begins anew.`;
    case 'starts-itself':
      return `Write in ${correct('command')} what starts its own server.`;
    case 'environment-invalid':
      return 'Set it in the shell, in `.env.local`, or under `env` in the config.';
    case 'address-invalid':
      return 'Correct it, or set its variables in the shell, in `.env.local`, or under `env` in the config.';
    case 'start-timeout':
      return failure.seen.kind === 'status' && failure.seen.status >= 400 && failure.seen.status < 500
        ? `Correct ${correct('health')}: its server knows no such path.`
        : `\`${program} start ${service} --timeout 3m\` starts it anew and waits longer.`;
    case 'before-timeout':
      return `\`${program} start ${service} --timeout 10m\` gives it longer, \`health: { startTimeout }\` each time.`;
    case 'record-unreadable':
      if (failure.because === 'denied') return `Do it as ${failure.owner}.`;
      return `\`${program} nuke\` ends what is left of it; if nothing is, remove that file.`;
    case 'before-failed':
      return `Mend that, or correct ${correct('before')}; ${start} runs it again.`;
    case 'exited':
      return `Mend that, or correct ${correct('command')}; ${start} begins anew.`;
    case 'crash-loop':
    case 'compose-failed':
      return `Mend that; ${start} begins anew.`;
    case 'ended-unseen':
      return `${start} starts it again.`;
    case 'dependency-failed':
      return `Once \`${failure.dependency}\` is mended, ${start} begins both anew.`;
    case 'blocked':
      return `Once \`${failure.by}\` is mended all can start; ${start} goes without what \`${service}\` does not need.`;
    case 'unhealthy':
    case 'not-listening':
      return `${restart} starts it anew.`;
    case 'too-slow':
      return `${restart} starts it anew; \`critical\` under its \`health\` in the config is where that begins.`;
    case 'memory-exceeded':
      return `\`maxMemory\` under its \`restart\` in the config is the limit; ${start} starts it again.`;
    case 'compose-missing':
      return `Install one of them; services that do not need \`${service}\` start without it.`;
    case 'engine-down':
      return `Start it; services that do not need \`${service}\` start without it.`;
    case 'compose-file-unreadable':
      return failure.because === 'no-file'
        ? `Put a file there; ${start} begins anew.`
        : 'Start the program that fills it.';
    case 'state-unwritable':
      return FULL.has(failure.code)
        ? 'The disk is full: make room there.'
        : 'This folder must belong to you and be writable.';
  }
}
