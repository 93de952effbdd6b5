import { type Document, parseDocument, visit, type YAMLError } from 'yaml';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { withEnvAsWritten } from './env-as-written.ts';
import type { ConfigFile } from './find-config.ts';
import { locateIn } from './locate-node.ts';
import { positionOf } from './position.ts';
import type { SourceDocument } from './source.ts';

/**
 * Parses YAML, or JSON, which is YAML with stricter scalars. Syntax errors and duplicate keys are diagnostics with
 * their place.
 */
export function readYamlDocument({ file, format, text: raw }: ConfigFile): Result<SourceDocument, Diagnostic[]> {
  const text = raw.replace(/^\uFEFF/, '');
  const schema = format === 'json' ? 'json' : 'core';
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'error', schema });
  if (document.errors.length > 0) {
    return err(document.errors.map((error) => syntaxDiagnostic(error, { file, format, text, document })));
  }
  const data = toData(document);
  if (!data.ok) return err([aliasDiagnostic(data.error, { file, text })]);
  return ok({ data: withEnvAsWritten(data.value, document), locate: locateIn(document, { file, text, prefix: [] }) });
}

function toData(document: Document): Result<unknown, string> {
  try {
    return ok(document.toJS());
  } catch (error) {
    // What `yaml` throws for an alias without an anchor, and for aliases that multiply beyond measure.
    if (error instanceof ReferenceError) return err(sentence(error.message));
    throw error;
  }
}

function aliasDiagnostic(message: string, { file, text }: { file: string; text: string }): Diagnostic {
  const alias = `*${/: (\S+)$/.exec(message)?.[1] ?? ''}`;
  const from = text.indexOf(alias);
  const place =
    from === -1 || alias === '*' ? { file } : { file, position: positionOf(text, from, from + alias.length) };
  return { code: 'config/syntax', message, place };
}

interface SyntaxSource extends Pick<ConfigFile, 'file' | 'format' | 'text'> {
  readonly document: Document;
}

function syntaxDiagnostic(error: YAMLError, source: SyntaxSource): Diagnostic {
  const position = positionOf(source.text, ...placeOfError(error, source.document));
  const place = { file: source.file, position };
  if (error.code === 'DUPLICATE_KEY') {
    const [key = ''] = /^[^\s:]+/.exec(position.excerpt.slice(position.column - 1)) ?? [];
    return {
      code: 'config/duplicate-key',
      message: `\`${key.replaceAll('"', '')}\` stands here a second time`,
      hint: 'Keep one of the two.',
      place: { ...place, position: { ...position, length: Math.max(1, key.length) } },
    };
  }
  const hint = hintFor(error.code, source);
  return {
    code: 'config/syntax',
    message: `this is not ${source.format === 'json' ? 'JSON' : 'YAML'}: ${sentence(error.message)}`,
    ...(hint === undefined ? {} : { hint }),
    place,
  };
}

/** A quote that nothing closes is missed at the end of the file; the place to mend is where it opens. */
function placeOfError({ code, pos }: YAMLError, document: Document): [from: number, to: number] {
  let opening: number | undefined;
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('QUOTE') && range?.[1] === pos[0]) [opening] = range;
    },
  });
  return code === 'MISSING_CHAR' && opening !== undefined ? [opening, opening + 1] : pos;
}

function hintFor(code: YAMLError['code'], { format, text }: Pick<ConfigFile, 'format' | 'text'>): string | undefined {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'Indent with spaces.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'Put the text into quotes: a colon followed by a space begins a value. Or mend the indentation.';
    case 'BAD_SCALAR_START':
      return 'Put the text into quotes.';
    case 'MULTIPLE_DOCS':
      return 'Keep one document: delete the `---` and what follows.';
    default:
      return format === 'json' && text.includes('//') ? 'JSON has no comments; `devgen.config.yaml` would.' : undefined;
  }
}

/** The library's messages as our diagnostics are written. */
function sentence(message: string): string {
  const first = message.split(';')[0] ?? message;
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}
