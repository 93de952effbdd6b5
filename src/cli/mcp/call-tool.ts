import { isObject } from '../../manifest/read-json.ts';
import type { OwnCommands } from '../elsewhere/own-commands.ts';
import type { CommandAnswer, Document } from '../elsewhere/run-for-documents.ts';
import { fitData } from '../output/fit-data.ts';
import { type Arguments, readArguments } from './tool-parameter.ts';
import { linesOf, type Tool } from './tools.ts';

/** Source: modelcontextprotocol.io, schema, CallToolResult */
export interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent: Document;
  readonly isError: boolean;
}

export interface ToolContext {
  readonly commands: OwnCommands;
  /** Aborted when the client does not want the answer any more. */
  readonly signal: AbortSignal;
}

/** Clients give a call up after 30 s. */
const PATIENCE_MS = 24_000;
const MOST_BYTES = 8192;
/** What the result has beside its data, and the message beside the result. */
const FRAME_BYTES = 256;
/** The data is in it twice, once as a text within JSON, in which every quote is two characters. */
const DATA_BYTES = [3900, 2600] as const;

/** Calls the command behind a tool. Mistakes of the caller are results, too, so that an agent can mend them. */
export async function callTool(tool: Tool, given: unknown, context: ToolContext): Promise<ToolResult> {
  const read = readArguments(given, tool.parameters, tool.required);
  if (!read.ok) return resultOf({ schemaVersion: 1, error: { code: 'usage/arguments', message: read.error } });
  const rest = tool.rest?.(read.value) ?? [];
  const words = [tool.name, ...tool.words(read.value), '--json', ...(rest.length === 0 ? [] : ['--', ...rest])];
  const askedAt = new Date();
  const answer = await context.commands.call(words, PATIENCE_MS, context.signal);
  if (answer === null) return resultOf(STILL_TRYING);
  return resultOf(documentOf(tool, answer, { given: read.value, askedAt }));
}

const STILL_TRYING: Document = {
  schemaVersion: 1,
  stillTrying: true,
  hint: 'It goes on. Call the tool again with the same arguments to wait on.',
};

interface Call {
  readonly given: Arguments;
  readonly askedAt: Date;
}

function documentOf(tool: Tool, answer: CommandAnswer, call: Call): Document {
  const document = answer.documents.at(-1);
  if (document === undefined) return { schemaVersion: 1, error: { code: 'internal', message: whyNoDocument(answer) } };
  if (document.error !== undefined) return document;
  return { ...contentOf(tool, document, call), ...warningsOf(tool, answer) };
}

/** What a start tells of its progress and a task of its work is no warning. */
function warningsOf({ hints }: Tool, { notes }: CommandAnswer): { readonly warnings?: readonly string[] } {
  return hints.readOnlyHint && notes.length > 0 ? { warnings: notes } : {};
}

function contentOf(tool: Tool, document: Document, call: Call): Document {
  switch (tool.name) {
    case 'logs':
      return logOf(document, call);
    default:
      return document;
  }
}

/** Why a command has given no answer. */
export function whyNoDocument({ notes, code }: CommandAnswer): string {
  return notes.length > 0 ? notes.join('\n') : `it ended with ${code}, and without a word`;
}

function logOf(document: Document, { given, askedAt }: Call): Document {
  const wanted = given.text('grep')?.toLowerCase() ?? '';
  const found = loggedLines(document).filter(({ text }) => String(text).toLowerCase().includes(wanted));
  return { schemaVersion: 1, lines: found.slice(-linesOf(given)), cursor: askedAt.toISOString() };
}

/** What `logs` printed. */
export function loggedLines(document: Document): readonly Document[] {
  return Array.isArray(document.lines) ? document.lines.filter(isObject) : [];
}

function resultOf(document: Document): ToolResult {
  const results = DATA_BYTES.map((bytes) => packed(fitData(document, bytes, ['lines', 'output'])));
  const fits = (result: ToolResult): boolean => Buffer.byteLength(JSON.stringify(result)) <= MOST_BYTES - FRAME_BYTES;
  return results.find(fits) ?? packed({ schemaVersion: 1, isCut: true });
}

function packed(data: Document): ToolResult {
  const content = [{ type: 'text', text: JSON.stringify(data) }] as const;
  return { content, structuredContent: data, isError: data.error !== undefined };
}
