import { formatDuration } from '../../base/duration.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { Paint } from '../screen/paint.ts';
import type { RunningCommand } from '../status/running-commands.ts';

/** A line for each command of a task, setup step or hook that runs, below the services. */
export function describeRunning(
  commands: readonly RunningCommand[],
  { paint, now, words }: { readonly paint: Paint; readonly now: number; readonly words: Words },
): readonly string[] {
  return commands.map(({ kind, name, startedAt, pid, client }) => {
    const process = pid === null ? '' : ` (pid ${pid})`;
    const duration = formatDuration(Math.max(0, now - Date.parse(startedAt)));
    const end = describeEnd({ kind, client }, words);
    return `${kind} ${name}: ${paint('yellow', 'running')} for ${duration}${process}; ${end}`;
  });
}

function describeEnd({ kind, client }: Pick<RunningCommand, 'kind' | 'client'>, { program }: Words): string {
  if (client === null) return `its \`${program}\` was killed; \`${program} stop\` ends it`;
  return kind === 'hook' ? 'it is ended when it takes too long' : `\`kill ${client}\` ends it`;
}
