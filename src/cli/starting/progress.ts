import { cleanText } from '../../base/clean-text.ts';
import type { Plan } from '../../plan/plan.ts';
import { describeEvent } from '../../runtime/sentences/describe-event.ts';
import { isQuoted, type Sentence } from '../../runtime/sentences/sentence.ts';
import type { RuntimeEvent } from '../../runtime/state/runtime-event.ts';
import type { CommandContext } from '../context/command-context.ts';
import { printJsonLine } from '../output/print-json.ts';
import { serviceColour } from '../screen/paint.ts';
import type { Screen } from '../screen/screen.ts';
import { showSentence } from '../sentences/show-sentence.ts';
import { docsOf } from '../status/docs-of.ts';

/**
 * Tells what happens while a command waits: outcomes on stdout (unless a JSON document goes there), everything else on
 * stderr.
 */
export interface Progress {
  show(event: RuntimeEvent): void;
  /** Tells the outcome for a service, unless an event has already told it. */
  conclude(service: string, said: Sentence): void;
}

/** What already says all that the report would say. */
const CONCLUSIONS: ReadonlySet<RuntimeEvent['kind']> = new Set(['ready', 'failed', 'stopped']);

export function createProgress(
  { screen, words, checkout }: CommandContext,
  outcomes: 'stdout' | 'stderr' = 'stdout',
): Progress {
  /** Which event, good or bad, told the outcome for a service. */
  const concluded = new Map<string, 'good' | 'bad'>();
  /** An end that waits for the next event, which may tell it better. */
  const ends = new Map<string, RuntimeEvent>();
  /** The lines of a log that were quoted last: the same again would only hide what is new. */
  const quoted = new Map<string, string>();
  const say = (service: string, sentence: Sentence) => {
    const said = withoutRepetition(sentence, quoted.get(service));
    const quotation = quotationOf(sentence);
    if (quotation !== '') quoted.set(service, quotation);
    const position = checkout.plan.services.findIndex(({ name }) => name === service);
    const label = { text: `${service}:`, colour: serviceColour(position) };
    if (said.tone === 'good' && outcomes === 'stdout') screen.out(...showSentence(label, said, screen.paintOut));
    else screen.note(...showSentence(label, said, screen.paintNote));
  };
  return {
    show(event) {
      const { service, kind } = event;
      const end = ends.get(service);
      ends.delete(service);
      if (end !== undefined && !tells(event)) say(service, describeEvent(end, words));
      // Another command may start the service again meanwhile: what came last counts.
      if (CONCLUSIONS.has(kind)) concluded.set(service, kind === 'failed' ? 'bad' : 'good');
      else if (kind === 'starting' || kind === 'stopping') concluded.delete(service);
      if (kind === 'exited') ends.set(service, event);
      else say(service, withDocs(describeEvent(event, words), event, checkout.plan));
    },
    conclude(service, said) {
      const told = concluded.get(service);
      // A stop that went well is not the end of a start that was then refused.
      if (told === undefined || (told === 'good' && said.tone === 'bad')) say(service, said);
    },
  };
}

/** A service that is ready, with where its documentation is, if the config says so. */
function withDocs(said: Sentence, event: RuntimeEvent, { services }: Plan): Sentence {
  const docs = services.find(({ name }) => name === event.service)?.docs ?? null;
  if (event.kind !== 'ready' || event.url === null || docs === null) return said;
  return { ...said, details: [...said.details, `docs: ${docsOf(docs, event.url)}`] };
}

/** Without colours, which the lines of an event have lost already. */
function quotationOf({ details }: Sentence): string {
  return cleanText(details.filter(isQuoted).join('\n'), 'plain');
}

function withoutRepetition(said: Sentence, before: string | undefined): Sentence {
  if (before === undefined || quotationOf(said) !== before) return said;
  return { ...said, details: said.details.filter((detail) => !isQuoted(detail)) };
}

/** For a program: each event as it is; the outcomes are in the answer. */
export function tellEvents(screen: Screen): Progress {
  return { show: (event) => printJsonLine<'start'>(screen, { event }), conclude: () => undefined };
}

/** Whether the event tells that, and how, the process ended before. */
function tells(event: RuntimeEvent): boolean {
  if (event.kind === 'failed') return event.failure.reason === 'exited' || event.failure.reason === 'crash-loop';
  return event.kind === 'stopped';
}
