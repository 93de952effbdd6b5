import { parse as parseTomlText } from 'smol-toml';
import { parse as parseYamlText } from 'yaml';
import { parseIni } from './parse-ini.ts';
import type { Repository } from './repository.ts';

/**
 * Parsed foreign data: asked piece by piece through the functions below, which answer emptily for anything unexpected.
 */
export type Data = unknown;

/**
 * A JSON file's value, comments and trailing commas allowed; `undefined` when missing or broken (broken ones are
 * noted).
 */
export function loadJson(repository: Repository, path: string): Data {
  return parsed(repository, path, parseJsonWithComments);
}

export function loadToml(repository: Repository, path: string): Data {
  return parsed(repository, path, parseTomlText);
}

export function loadYaml(repository: Repository, path: string): Data {
  return parsed(repository, path, (text) =>
    parseYamlText(text, { logLevel: 'error', merge: true, maxAliasCount: 200 }),
  );
}

/** A file of sections and keys; section names in small letters. */
export function loadIni(repository: Repository, path: string): Data {
  return parsed(repository, path, parseIni);
}

function parsed(repository: Repository, path: string, parse: (text: string) => Data): Data {
  return repository.remember(`data:${path}`, () => {
    const text = repository.text(path);
    if (text === undefined || text.trim() === '') return undefined;
    try {
      return parse(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      repository.note(`\`${path}\` could not be parsed and was left out: ${reason}.`);
      return undefined;
    }
  });
}

/**
 * Takes comments and trailing commas out of JSON text, leaving strings alone; line breaks stay, so places keep their
 * line.
 */
function parseJsonWithComments(text: string): Data {
  try {
    return JSON.parse(text);
  } catch (plainError) {
    const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (piece) =>
      piece.startsWith('"') ? piece : piece.replace(/[^\n]/g, ' '),
    );
    try {
      return JSON.parse(bare.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (piece) => (piece === ',' ? ' ' : piece)));
    } catch {
      // The reader knows the file as JSON: the complaint about its plain text is the one that helps.
      throw plainError;
    }
  }
}

/** The value at a chain of keys, or `undefined`. */
export function at(data: Data, ...keys: readonly (string | number)[]): Data {
  let current = data;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

export function asText(data: Data): string | undefined {
  return typeof data === 'string' ? data : undefined;
}

export function asNumber(data: Data): number | undefined {
  if (typeof data === 'number') return data;
  return typeof data === 'string' && /^\d+$/.test(data.trim()) ? Number(data) : undefined;
}

export function asList(data: Data): readonly Data[] {
  return Array.isArray(data) ? data : [];
}

/** The entries of an object; nothing for anything else. */
export function entriesOf(data: Data): readonly (readonly [string, Data])[] {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.entries(data) : [];
}

/** The texts of a list, or of a single text. */
export function textsOf(data: Data): readonly string[] {
  if (typeof data === 'string') return [data];
  return asList(data).filter((item): item is string => typeof item === 'string');
}

/** The entries of an object whose values are plain, as text: what sets environment variables. */
export function plainRecord(data: Data): Readonly<Record<string, string>> {
  const plain = entriesOf(data).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  return Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
}
