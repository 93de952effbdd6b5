import type { Result } from '../../base/result.ts';
import { dictionaryOf, object, oneOf } from '../../base/shape.ts';
import { portShape } from './lifecycle.ts';
import { pathsOf } from './paths.ts';
import { readStateFile, type Unwritable, writeStateFile } from './state-file.ts';

const shape = object({ schemaVersion: oneOf(1), ports: dictionaryOf(portShape) });

/** The fallback port that each service of this checkout had last; an unreadable file is as good as none. */
export function readLastPorts(root: string): ReadonlyMap<string, number> {
  const file = readStateFile(pathsOf(root).lastPorts, shape);
  return new Map(file.ok ? Object.entries(file.value.ports) : []);
}

export function rememberPort(root: string, service: string, port: number): Result<null, Unwritable> {
  const ports = Object.fromEntries(new Map(readLastPorts(root)).set(service, port));
  return writeStateFile(pathsOf(root).lastPorts, `${JSON.stringify({ schemaVersion: 1, ports })}\n`);
}
