import { isInForeground } from '../../platform/is-in-foreground.ts';
import type { Screen } from '../screen/screen.ts';
import type { UpCommand } from './start-request.ts';

/** Whether the command, once all is ready, goes on showing what happens. */
export function staysAttached({ attach }: UpCommand, screen: Screen): boolean {
  return attach === 'on-terminal' && screen.answers === 'text' && screen.isWatched && isInForeground();
}
