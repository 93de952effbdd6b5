import type { ServicePlan } from '../../plan/plan.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { LastLine } from '../screen/last-line.ts';
import type { Progress } from './progress.ts';

/** A start that takes less needs no word about it. */
const LONG_MS = 1500;

/** Shows what happens and, on a terminal, what is waited for once that takes long, until it is closed. */
export function tellWaiting(
  services: readonly ServicePlan[],
  progress: Progress,
  context: CommandContext,
): Pick<Progress, 'show'> & { close(): void } {
  let line: LastLine | undefined;
  const open = async (): Promise<void> => {
    const { openWaitingLine } = await import('./waiting-line.ts');
    if (!isOver) line = openWaitingLine(services, context);
  };
  let isOver = false;
  const isSeen = context.screen.canAsk && process.stderr.isTTY;
  // It is a help while one waits, and no reason for anything to fail.
  const timer = isSeen ? setTimeout(() => void open().catch(() => undefined), LONG_MS) : undefined;
  return {
    show(event) {
      if (line === undefined) progress.show(event);
      else line.above(() => progress.show(event));
    },
    close() {
      isOver = true;
      clearTimeout(timer);
      line?.close();
    },
  };
}
