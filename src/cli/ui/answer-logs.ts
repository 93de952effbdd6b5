import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Document } from '../elsewhere/run-for-documents.ts';
import type { LogPages } from './log-pages.ts';
import { beginAnswer } from './respond.ts';

interface LogQuestion {
  /** Below `logs`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
}

const NUMBER = /^-?\d{1,12}$/;

/** Answers what is asked about logs: a document, `sent` when all of it was, or `undefined` where it makes no sense. */
export async function answerLogs(
  { path, query, response }: LogQuestion,
  pages: LogPages,
): Promise<Document | 'sent' | undefined> {
  const services = (query.get('services') ?? '').split(',').filter((name) => name !== '');
  switch (path) {
    case '': {
      const [from, count] = [numberIn(query, 'from'), numberIn(query, 'count')];
      return count === undefined ? undefined : pages.page(services, from ?? 'last', Math.max(0, count));
    }
    case 'find': {
      const from = numberIn(query, 'from');
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const way = query.get('way') === 'previous' ? 'previous' : 'next';
      return from === undefined
        ? undefined
        : pages.find(services, { text: query.get('text') ?? '', from, way }, gone.signal);
    }
    case 'text': {
      await sendTexts(pages.texts(services), response);
      return 'sent';
    }
    default:
      return undefined;
  }
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? '';
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** No faster than it is taken. */
async function sendTexts(texts: AsyncIterable<string>, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const headers = { 'content-disposition': 'attachment; filename="log.txt"' };
  beginAnswer(response, 'text/plain; charset=utf-8', headers);
  for await (const text of texts) {
    if (gone.signal.aborted) return;
    if (!response.write(text)) await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
  response.end();
}
