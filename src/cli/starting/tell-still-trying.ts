import { formatDuration } from '../../base/duration.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { sentence } from '../../runtime/sentences/sentence.ts';
import type { CommandContext } from '../context/command-context.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { viewServices } from '../status/service-view.ts';
import type { Progress } from './progress.ts';

export interface UnfinishedStart {
  readonly services: readonly ServicePlan[];
  readonly waitedMs: number;
  readonly progress: Progress;
}

/** Says of a start that goes on what it has come to. */
export function tellStillTrying(unfinished: UnfinishedStart, { checkout, screen, words }: CommandContext): ExitCode {
  const { services, waitedMs, progress } = unfinished;
  const views = viewServices(checkout.root, services);
  const seen = views.map(({ status, state, url }) => ({ service: status.service, state, url, log: status.log }));
  if (screen.answers === 'json') printJson<'start'>(screen, { stillTrying: true, waitedMs, services: seen });
  for (const { service, state, log } of seen) {
    const text = `still ${state} after ${formatDuration(waitedMs)} (log ${log})`;
    if (state !== 'ready') progress.conclude(service, sentence('warning', text));
  }
  screen.note(`the start goes on: \`${words.program} wait\` waits for its end, \`--timeout 2m\` for longer`);
  return EXIT.failed;
}
