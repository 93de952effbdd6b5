import { formatDuration } from '../../base/duration.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { Paint } from '../screen/paint.ts';
import type { RunningCommand } from '../status/running-commands.ts';

/** A line for each task and setup step that runs, below the services. */
export function describeRunning(
  commands: readonly RunningCommand[],
  { paint, now, words }: { readonly paint: Paint; readonly now: number; readonly words: Words },
): readonly string[] {
  return commands.map(({ kind, name, startedAt, pid, client }) => {
    const process = pid === null ? '' : ` (pid ${pid})`;
    const duration = formatDuration(Math.max(0, now - Date.parse(startedAt)));
    const end =
      client === null
        ? `its \`${words.program}\` was killed; \`${words.program} stop\` ends it`
        : `\`kill ${client}\` ends it`;
    return `${kind} ${name}: ${paint('yellow', 'running')} for ${duration}${process}; ${end}`;
  });
}
