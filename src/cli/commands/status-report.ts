import { setTimeout as delay } from 'node:timers/promises';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson, printJsonLine } from '../output/print-json.ts';
import { openCanvas } from '../screen/canvas.ts';
import { serviceGraph } from '../sentences/service-graph.ts';
import { exitCodeOf, listenForEnd } from '../starting/ending-signals.ts';
import { renderReport, reportToJson } from '../status/render-report.ts';
import { selectShown } from '../status/select-shown.ts';
import type { ShownService } from '../status/service-view.ts';
import { takeGraph } from '../status/take-graph.ts';
import { type StatusReport, takeReport } from '../status/take-report.ts';
import { viewFully } from '../status/view-traced.ts';
import { isPlainStatus, type StatusCommand, showStatus, showViews } from './status.ts';

const PERIOD_MS = 1000;

/** Shows what runs, with what it takes of the machine, once or until Ctrl+C. Changes nothing. */
export async function showReport(command: StatusCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const plain = isPlainStatus(command) ? showStatus(command, context) : undefined;
  if (plain !== undefined) return plain;
  const selected = selectShown(checkout, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  if (isPlainStatus(command)) {
    return showViews(viewFully(checkout.root, selected.value), command, context);
  }
  if (command.detail === 'graph') return showGraph(selected.value, context);
  if (command.mode === 'watched') return watch(selected.value, command, context);
  const { report } = await takeReport({ checkout, services: selected.value, command, since: null });
  if (screen.answers === 'json') printJson<'status'>(screen, reportToJson(checkout.plan.name, report, command.detail));
  else screen.out(...linesOf(report, command, context));
  return report.views.every(({ state }) => state === 'ready') ? EXIT.done : EXIT.failed;
}

function showGraph(services: readonly ShownService[], { checkout, screen }: CommandContext): ExitCode {
  const views = viewFully(checkout.root, services);
  const graph = takeGraph(checkout, views);
  if (screen.answers === 'text') screen.out(...serviceGraph(graph, screen.paintOut));
  else {
    const shown = views.map(({ status: { service }, state, port, url }) => ({ service, state, port, url }));
    printJson<'status'>(screen, { project: checkout.plan.name, services: shown, edges: graph.edges });
  }
  return views.every(({ state }) => state === 'ready') ? EXIT.done : EXIT.failed;
}

async function watch(
  services: readonly ShownService[],
  command: StatusCommand,
  context: CommandContext,
): Promise<ExitCode> {
  const { checkout, screen } = context;
  if (screen.answers === 'text' && !screen.isWatched) return complain(screen, [UNWATCHED]);
  const ending = listenForEnd();
  const over = new AbortController();
  void ending.first.then(() => over.abort());
  const canvas = screen.answers === 'text' ? openCanvas(screen) : undefined;
  const take = (since: Awaited<ReturnType<typeof takeReport>>['measurement']) =>
    takeReport({ checkout, services, command, since });
  let taken = await take(null);
  while (!over.signal.aborted) {
    if (canvas !== undefined) canvas.draw(linesOf(taken.report, command, context));
    else printJsonLine<'status'>(screen, reportToJson(checkout.plan.name, taken.report, command.detail));
    // An abort only ends the wait: the loop looks at the signal itself.
    await delay(PERIOD_MS, undefined, { signal: over.signal }).catch(() => undefined);
    if (!over.signal.aborted) taken = await take(taken.measurement);
  }
  canvas?.close();
  if (canvas !== undefined) screen.out(...linesOf(taken.report, command, context));
  ending.close();
  const signal = await ending.first;
  // Ctrl+C is how one leaves, not a failure.
  return signal === 'SIGINT' ? EXIT.done : exitCodeOf(signal);
}

function linesOf(report: StatusReport, { detail }: StatusCommand, { screen, words }: CommandContext) {
  return renderReport(report, detail, { paint: screen.paintOut, words, now: Date.now() });
}

const UNWATCHED = {
  code: 'usage/no-terminal',
  message: '`--watch` draws on a terminal, and there is none',
  hint: '`--watch --json` prints a document each second, one a line.',
};
