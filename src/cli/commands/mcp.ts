import type { McpClient } from '../../manifest/mcp-clients.ts';
import { hasLostParent } from '../../platform/has-lost-parent.ts';
import type { Confirmation } from '../arguments/confirmation.ts';
import type { Writing } from '../arguments/writing.ts';
import { ownCaller } from '../caller/own-caller.ts';
import type { RootContext } from '../context/root-context.ts';
import { OwnCommands } from '../elsewhere/own-commands.ts';
import { serveLines } from '../mcp/serve-lines.ts';
import { TOOLS } from '../mcp/tools.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { listenForEnd } from '../starting/ending-signals.ts';

export type McpCommand =
  | { readonly kind: 'mcp'; readonly action: 'serve' }
  /** `clients`: who shall read that there is such a server; empty: all that seem to be used. */
  | {
      readonly kind: 'mcp';
      readonly action: 'install';
      readonly clients: readonly McpClient[];
      readonly confirm: Confirmation;
      readonly writing: Writing;
    };

const LOOK_EVERY_MS = 250;

/**
 * The tools for coding agents, over stdin and stdout. Ends at the end of its input, when its client is gone whatever
 * holds the input open, and when it is told to; keeps nothing, and starts nothing unless a tool is called.
 */
export async function runMcp({ action }: McpCommand, { root, screen }: RootContext): Promise<ExitCode> {
  if (action === 'install') return complain(screen, [OF_THE_PACKAGE]);
  const [, file = ''] = process.argv;
  const environment = ownCaller(process.env, process.ppid);
  const doing = new Set(TOOLS.filter(({ hints }) => !hints.readOnlyHint).map(({ name }) => name));
  const commands = new OwnCommands({ file, root, environment, doing });
  const ending = listenForEnd();
  await Promise.race([serveLines({ commands }, screen), ending.first, whenAlone()]);
  ending.close();
  commands.close();
  return EXIT.done;
}

/** A client that is killed cannot close what it has handed on to others. */
function whenAlone(): Promise<void> {
  if (hasLostParent()) return Promise.resolve();
  const client = process.ppid;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === client) return;
      clearInterval(timer);
      resolve();
    }, LOOK_EVERY_MS);
    timer.unref();
  });
}

const OF_THE_PACKAGE = {
  code: 'usage/generator-command',
  message: '`mcp install` changes files of the repository, which only the package does',
  hint: 'Run `npx devgen mcp install`.',
};
