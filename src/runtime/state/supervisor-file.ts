import { identityShape } from '../../platform/identity-shape.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from '../../platform/process-identity.ts';
import { pathsOf } from './paths.ts';
import { readStateFile, writeStateFile } from './state-file.ts';

/** Says that this process supervises the checkout; only who has its lock may. */
export function writeSupervisor(root: string): void {
  writeStateFile(pathsOf(root).supervisor, `${JSON.stringify(ownIdentity())}\n`);
}

/** The checkout's supervisor, if it lives. */
export function livingSupervisor(root: string): ProcessIdentity | null {
  const identity = readStateFile(pathsOf(root).supervisor, identityShape);
  return identity.ok && isAlive(identity.value) ? identity.value : null;
}
