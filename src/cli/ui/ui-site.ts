import type { IncomingMessage, ServerResponse } from 'node:http';
import { readRecords } from '../../runtime/logs/read-records.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import type { OwnCommands } from '../elsewhere/own-commands.ts';
import type { CommandAnswer, Document } from '../elsewhere/run-for-documents.ts';
import { answerLogs } from './answer-logs.ts';
import type { EventStream } from './event-stream.ts';
import type { LogPages } from './log-pages.ts';
import { actionShape, wordsOfAction } from './own-actions.ts';
import { commandFor } from './own-questions.ts';
import type { ProjectNow } from './project-now.ts';
import { readBody } from './read-body.ts';
import { type Content, JSON_TYPE, refuse, respond } from './respond.ts';
import { toldEvent } from './told-event.ts';

/** What is shown, and what it is shown with. */
export interface Site {
  readonly project: ProjectNow;
  readonly commands: OwnCommands;
  readonly logs: LogPages;
  readonly stream: EventStream;
  readonly files: ReadonlyMap<string, Content>;
}

/** A request that was admitted. */
interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const QUESTION_PATIENCE_MS = 60_000;
/** A start may install and migrate first; the page shows meanwhile what happens. */
const ACTION_PATIENCE_MS = 30 * 60_000;
const MOST_EVENTS = 2000;

/** Answers a request that was admitted, by its path below the page's folder. */
export async function answerAsked(asked: Asked, site: Site): Promise<void> {
  const { path, query, request, response } = asked;
  if (request.method === 'POST') return path === 'act' ? act(asked, site) : refuse(response, 404, NOTHING);
  const file = site.files.get(path === '' ? 'page.html' : path);
  if (file !== undefined) return respond(response, file);
  const [first = '', ...rest] = path.split('/');
  if (first === 'ask' && rest.length === 1) return ask(rest[0] ?? '', asked, site);
  if (first === 'logs') {
    const answer = await answerLogs({ ...asked, path: rest.join('/') }, site.logs);
    if (answer === undefined) refuse(response, 404, NOTHING);
    else if (answer !== 'sent') say(response, site, answer);
    return;
  }
  switch (path) {
    case 'stream': {
      // A browser names it when it connects again, a page when it begins anew.
      const last = request.headers['last-event-id'] ?? query.get('last') ?? undefined;
      if (!site.stream.open(response, typeof last === 'string' ? last : undefined)) refuse(response, 503, TOO_MANY);
      return;
    }
    case 'history':
      return say(response, site, history(site));
    default:
      return refuse(response, 404, NOTHING);
  }
}

const NOTHING = 'there is nothing here';
const TOO_MANY = 'too many pages look already';

/** Another command in a process of its own: whatever it costs, the page goes on. */
async function ask(question: string, { query, response }: Asked, site: Site): Promise<void> {
  const words = commandFor(question, query);
  if (words === undefined) return refuse(response, 404, NOTHING);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await site.commands.call([...words, '--json'], QUESTION_PATIENCE_MS, gone.signal);
  if (!gone.signal.aborted) say(response, site, documentOf(answer));
}

/** What was begun goes on when the page is closed. */
async function act({ request, response }: Asked, site: Site): Promise<void> {
  const body = await readBody(request, actionShape);
  if (body === 'too-large') return refuse(response, 413, 'this is too much');
  const words = body === 'invalid' ? undefined : wordsOfAction(body);
  if (words === undefined) return refuse(response, 400, 'this is nothing to do');
  const answer = await site.commands.call([...words, '--json'], ACTION_PATIENCE_MS, new AbortController().signal);
  say(response, site, documentOf(answer));
}

function documentOf(answer: CommandAnswer | null): Document {
  if (answer === null) return failed('it takes too long');
  const document = answer.documents.at(-1);
  if (document !== undefined) return document;
  return failed(answer.notes.length > 0 ? answer.notes.join('\n') : `it ended with ${answer.code}`);
}

function failed(message: string): Document {
  return { schemaVersion: 1, error: { code: 'internal', message, hint: null, place: null } };
}

function history({ project }: Site): Document {
  const { checkout, words } = project.context;
  const events = readRecords(pathsOf(checkout.root).events, runtimeEventShape);
  const told = events.slice(-MOST_EVENTS).map((event) => toldEvent(event, words));
  return { schemaVersion: 1, events: told, earlier: events.length - told.length };
}

function say(response: ServerResponse, { project }: Site, document: Document): void {
  respond(response, { type: JSON_TYPE, text: project.context.screen.json(document) });
}
