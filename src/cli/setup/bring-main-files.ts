import { bringFiles } from '../../runtime/setup/main-files.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';

/** Copies what a fresh worktree lacks from the main one, and tells. `failed`: the user was told why. */
export function bringMainFiles({ checkout, screen }: CommandContext): 'nothing' | 'brought' | 'failed' {
  const brought = bringFiles(checkout.root, checkout.plan.worktree.copy);
  if (!brought.ok) {
    const { reason, path } = brought.error;
    const why = reason === 'outside' ? 'it leads out of the project' : `it cannot be written (${brought.error.code})`;
    complain(screen, [{ code: `setup/${reason}`, message: `\`${path}\` of the main worktree is not copied: ${why}` }]);
    return 'failed';
  }
  for (const path of brought.value) screen.note(`setup: copied ${path} from the main worktree`);
  return brought.value.length === 0 ? 'nothing' : 'brought';
}
