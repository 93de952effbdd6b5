import { parseAllDocuments } from 'yaml';
import { at, entriesOf, loadYaml } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** A setting of a JVM application and where it stands. */
export interface SpringProperty {
  readonly value: string;
  readonly place: string;
}

const STEMS = ['application-dev', 'application-local', 'application-development', 'application'];

/**
 * A property from `application.properties` or `application.yml`, development profiles first; `undefined` when unset.
 */
export function springProperty(repository: Repository, directory: string, key: string): SpringProperty | undefined {
  for (const folder of ['src/main/resources', 'src/main/resources/config', 'config', '.']) {
    for (const stem of STEMS) {
      const found =
        fromProperties(repository, joinPath(directory, folder, `${stem}.properties`), key) ??
        ['.yml', '.yaml', '.conf']
          .map((extension) => fromYaml(repository, joinPath(directory, folder, stem + extension), key))
          .find((value) => value !== undefined);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function fromProperties(repository: Repository, file: string, key: string): SpringProperty | undefined {
  for (const [index, line] of (repository.text(file) ?? '').split('\n').entries()) {
    const match = /^\s*([^#!=:\s]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (match !== null && sameKey(match[1] ?? '', key)) return { value: match[2] ?? '', place: `${file}:${index + 1}` };
  }
  return undefined;
}

function fromYaml(repository: Repository, file: string, key: string): SpringProperty | undefined {
  for (const document of documents(repository, file)) {
    const value = at(document, key) ?? descend(document, key.split('.'));
    if (typeof value === 'string' || typeof value === 'number') return { value: String(value), place: file };
  }
  return undefined;
}

function documents(repository: Repository, file: string): readonly unknown[] {
  const text = repository.text(file);
  if (text === undefined || file.endsWith('.conf')) return [];
  if (!/^---/m.test(text)) return [loadYaml(repository, file)];
  try {
    return parseAllDocuments(text, { logLevel: 'silent' }).map((document) => document.toJS() as unknown);
  } catch {
    // Template placeholders make some of these files no YAML: then nothing is known from them.
    return [];
  }
}

/** Keys may be joined with dots at any level. */
function descend(data: unknown, parts: readonly string[]): unknown {
  if (parts.length === 0) return data;
  for (const [name, value] of entriesOf(data)) {
    const named = name.split('.');
    if (named.every((part, index) => sameKey(part, parts[index] ?? ''))) {
      const found = descend(value, parts.slice(named.length));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Spring's relaxed binding: case and hyphens do not count. */
function sameKey(a: string, b: string): boolean {
  return a.toLowerCase().replaceAll('-', '') === b.toLowerCase().replaceAll('-', '');
}
