import type { Diagnostic } from '../../base/diagnostic.ts';
import { cleanShellEnvironment } from '../../plan/environment.ts';
import { errorCode } from '../../platform/error-code.ts';
import { openInBrowser } from '../../platform/open-browser.ts';
import { inspectPort } from '../../runtime/ports/inspect-port.ts';
import type { CommandContext } from '../context/command-context.ts';
import { ownProcesses } from '../context/own-processes.ts';
import { OwnCommands } from '../elsewhere/own-commands.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { describePortState } from '../sentences/describe-port-state.ts';
import { exitCodeOf, listenForEnd } from '../starting/ending-signals.ts';
import { EventStream } from '../ui/event-stream.ts';
import { IdleEnd } from '../ui/idle-end.ts';
import { LogPages } from '../ui/log-pages.ts';
import { DOING } from '../ui/own-actions.ts';
import { readPageFiles } from '../ui/page-files.ts';
import { ProjectNow } from '../ui/project-now.ts';
import { ProjectWatch } from '../ui/project-watch.ts';
import { serveUi, type UiServer } from '../ui/serve-ui.ts';

export interface UiCommand {
  readonly kind: 'ui';
  /** `null`: any that is free. */
  readonly port: number | null;
  readonly opening: 'on-terminal' | 'never';
}

/**
 * Serves a page about the project to this user's browsers until Ctrl+C; without a terminal, until no page has looked
 * for a minute. Everything that the page does is done by other commands; what it shows is in files.
 */
export async function runUi(command: UiCommand, context: CommandContext): Promise<ExitCode> {
  const { screen, checkout } = context;
  const [, file = ''] = process.argv;
  const environment = cleanShellEnvironment(checkout.environment);
  const commands = new OwnCommands({ file, root: checkout.root, environment, doing: DOING });
  const project = new ProjectNow(context);
  const idle = new IdleEnd();
  const stream: EventStream = new EventStream((count) => {
    idle.setViewers(count);
    if (count > 0) watch.begin();
    else watch.close();
  });
  const watch = new ProjectWatch(project, stream);
  const files = readPageFiles(checkout.runtimeDirectory);
  const server = await serveOrCode(
    { project, commands, logs: new LogPages(project), stream, files },
    command.port ?? 0,
  );
  if (typeof server === 'string') {
    idle.close();
    return complain(screen, [await portTaken(command.port ?? 0, server, context)]);
  }
  const ending = listenForEnd();
  await watch.look();
  await tell(server.entrance, command, context);
  const signal = await Promise.race([ending.first, ...(screen.isWatched ? [] : [idle.reached])]);
  for (const each of [ending, idle, watch, stream, server, commands]) each.close();
  // Ctrl+C is how one leaves, not a failure.
  return signal === undefined || signal === 'SIGINT' ? EXIT.done : exitCodeOf(signal);
}

/** The system's code, where the port cannot be had. */
async function serveOrCode(site: Parameters<typeof serveUi>[0], port: number): Promise<UiServer | string> {
  try {
    return await serveUi(site, port);
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    return code;
  }
}

/** Who has the port; where that cannot be told, what the system said. */
async function portTaken(port: number, systemCode: string, { checkout, words }: CommandContext): Promise<Diagnostic> {
  const state = await inspectPort(port, ownProcesses(checkout.root));
  const [said = ''] = describePortState(port, state, words);
  const message = state.kind === 'free' ? `port ${port} cannot be had: ${systemCode}` : said;
  return { code: 'runtime/port-taken', message, hint: 'Without `--port` the page takes any that is free.' };
}

async function tell(url: string, { opening }: UiCommand, { screen, words }: CommandContext): Promise<void> {
  if (screen.answers === 'json') printJson<'ui'>(screen.unmasked, { url });
  else screen.unmasked.out(url);
  if (!screen.isWatched) return;
  const isOpen = opening === 'on-terminal' && (await openInBrowser(url)) === 'opened';
  screen.note(isOpen ? 'shown in the browser; Ctrl+C ends it' : 'open this in a browser; Ctrl+C ends it');
  screen.note(`for another browser, run \`${words.program} ui\` beside this one: an address lets in one`);
}
