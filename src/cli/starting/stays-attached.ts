import type { UpCommand } from '../arguments/command.ts';
import type { Screen } from '../screen/screen.ts';

/** Whether the command, once all is ready, goes on showing what happens. */
export function staysAttached(command: { readonly kind: string } | UpCommand, screen: Screen): command is UpCommand {
  return (
    command.kind === 'up' &&
    'attach' in command &&
    command.attach === 'on-terminal' &&
    command.format === 'text' &&
    screen.isWatched
  );
}
