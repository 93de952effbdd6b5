import { isObject, memberOf } from '../../manifest/read-json.ts';
import type { Document } from '../elsewhere/run-for-documents.ts';
import { fitData } from '../output/fit-data.ts';
import { loggedLines, type ToolContext, whyNoDocument } from './call-tool.ts';

interface Resource {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly mimeType: string;
}

interface ResourceText {
  readonly uri: string;
  readonly mimeType: string;
  readonly text: string;
}

const STATUS: Resource = {
  uri: 'devgen://status',
  name: 'status',
  description: 'What runs, where, and how well',
  mimeType: 'application/json',
};
const LOG = /^devgen:\/\/log\/([A-Za-z0-9][\w.-]*)$/;
const LOG_LINES = '100';
const PATIENCE_MS = 20_000;
const MOST_BYTES = 7500;

/** The status, and the log of each service. */
export async function listResources(context: ToolContext): Promise<readonly Resource[]> {
  const status = await ask(['status', '--json'], context);
  const services = Array.isArray(status.services) ? status.services.filter(isObject) : [];
  return [STATUS, ...services.map(({ service }) => logOf(String(service)))];
}

/** `null`: there is no such resource. What keeps it from being read stands in its place. */
export async function readResource(uri: unknown, context: ToolContext): Promise<ResourceText | null> {
  if (uri === STATUS.uri) {
    const status = await ask(['status', '--json'], context);
    return { uri: STATUS.uri, mimeType: STATUS.mimeType, text: JSON.stringify(fitData(status, MOST_BYTES)) };
  }
  const service = typeof uri === 'string' ? LOG.exec(uri)?.[1] : undefined;
  if (service === undefined) return null;
  const log = await ask(['logs', service, '-n', LOG_LINES, '--json'], context);
  if (memberOf(log.error, 'code') === 'usage/unknown-service') return null;
  const { uri: found, mimeType } = logOf(service);
  const message = memberOf(log.error, 'message');
  const lines = message === undefined ? loggedLines(log).map(({ text }) => String(text)) : [String(message)];
  const { lines: shown } = fitData({ lines }, MOST_BYTES, ['lines']);
  return { uri: found, mimeType, text: Array.isArray(shown) ? shown.map((line) => `${line}\n`).join('') : '' };
}

function logOf(service: string): Resource {
  const uri = `devgen://log/${service}`;
  return {
    uri,
    name: `log of ${service}`,
    description: `The last lines that ${service} wrote`,
    mimeType: 'text/plain',
  };
}

/** A command that gives no answer, or not yet, fails. */
async function ask(words: readonly string[], { commands, signal }: ToolContext): Promise<Document> {
  const answer = await commands.call(words, PATIENCE_MS, signal);
  if (answer === null) return failed('it takes too long');
  return answer.documents[0] ?? failed(whyNoDocument(answer));
}

function failed(message: string): Document {
  return { schemaVersion: 1, error: { code: 'internal', message } };
}
