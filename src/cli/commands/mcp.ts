import { hasLostParent } from '../../platform/has-lost-parent.ts';
import { ownCaller } from '../caller/own-caller.ts';
import type { RootContext } from '../context/root-context.ts';
import { OwnCommands } from '../elsewhere/own-commands.ts';
import { serveLines } from '../mcp/serve-lines.ts';
import { TOOLS } from '../mcp/tools.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { listenForEnd } from '../starting/ending-signals.ts';

export interface McpCommand {
  readonly kind: 'mcp';
}

const LOOK_EVERY_MS = 250;

/**
 * The tools for coding agents, over stdin and stdout. Ends at the end of its input, when its client is gone whatever
 * holds the input open, and when it is told to; keeps nothing, and starts nothing unless a tool is called.
 */
export async function runMcp(_: McpCommand, { root, screen }: RootContext): Promise<ExitCode> {
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
