import { relative } from 'node:path';
import type { Remedy } from '../state/lifecycle.ts';
import type { SourcePlace } from './error-row.ts';
import type { LoggedError } from './find-errors.ts';
import { packageInstallation, pythonInstallation, type ReadFolder } from './install-command.ts';
import { placesInRepository } from './places-in-repository.ts';

/** What is known of the service that wrote it. */
export interface Sufferer extends ReadFolder {
  /** The port that it was given; `null`: none. */
  readonly port: number | null;
  /** Where a number stands in its sources, as `FILE:LINE`; `null`: it was not found. */
  placeOf(number: number): string | null;
}

const BARE_MODULE = /^Cannot find (?:module|package) '(?<module>(?:@[\w.-]+\/)?[\w-][\w.-]*)[^']*'/;
const PYTHON_MODULE = /No module named '?(?<module>[\w.]+)'?/;
const RUBY_FILE = /cannot load such file -- (?<module>[\w/-]+)/;
const PORT_IN_USE = /EADDRINUSE.*?:(?<port>\d+)\s*$|^Port (?<other>\d+) is in use|'[^']*', (?<pair>\d+)\)/;

/** What mends the error that a service ended with, or stays in; `null`: that is not known. */
export function findRemedy({ kind, message, places }: LoggedError, sufferer: Sufferer): Remedy | null {
  const own = placesInRepository(places, sufferer);
  const place = own[0] === undefined ? null : written(own[0]);
  return (
    missingModule(message, sufferer) ??
    ignoredPort(message, place, sufferer) ??
    (/SyntaxError|ParseError|IndentationError/.test(kind) && place !== null
      ? { kind: 'mend', error: `${kind}: ${message}`, place }
      : null)
  );
}

function missingModule(message: string, sufferer: Sufferer): Remedy | null {
  const found = [
    [BARE_MODULE, packageInstallation] as const,
    [PYTHON_MODULE, pythonInstallation] as const,
    [RUBY_FILE, () => ({ folder: sufferer.folder, command: 'bundle install' })] as const,
  ];
  for (const [pattern, installation] of found) {
    const module = pattern.exec(message)?.groups?.module;
    if (module === undefined) continue;
    const install = installation(sufferer, module);
    return {
      kind: 'install',
      module,
      command: install.command,
      folder: relative(sufferer.root, install.folder) || '.',
    };
  }
  return null;
}

function ignoredPort(message: string, place: string | null, { port, placeOf }: Sufferer): Remedy | null {
  const found = PORT_IN_USE.exec(message)?.groups;
  const taken = Number(found?.port ?? found?.other ?? found?.pair ?? Number.NaN);
  return port === null || Number.isNaN(taken) || taken === port
    ? null
    : { kind: 'use-port', port: taken, place: placeOf(taken) ?? place };
}

function written({ file, line }: SourcePlace): string {
  return line === null ? file : `${file}:${line}`;
}
