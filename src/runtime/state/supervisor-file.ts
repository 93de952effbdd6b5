import { identityShape } from '../../platform/identity-shape.ts';
import { ownIdentity, type ProcessIdentity } from '../../platform/process-identity.ts';
import { pathsOf } from './paths.ts';
import { isSupervisor } from './present.ts';
import { readStateFile, writeStateFile } from './state-file.ts';
import { readStatus, servicesWithStatus } from './status-file.ts';

/** Says that this process supervises the checkout; only who has its lock may. */
export function writeSupervisor(root: string): void {
  writeStateFile(pathsOf(root).supervisor, `${JSON.stringify(ownIdentity())}\n`);
}

/** The checkout's supervisor, if it lives: its own file names it, and so does the status of each of its services. */
export function livingSupervisor(root: string): ProcessIdentity | null {
  const identity = readStateFile(pathsOf(root).supervisor, identityShape);
  if (identity.ok && isSupervisor(root, identity.value)) return identity.value;
  const named = servicesWithStatus(root).flatMap((service) => {
    const status = readStatus(root, service);
    return status.ok && status.value.supervisor !== null ? [status.value.supervisor] : [];
  });
  return named.find((each) => isSupervisor(root, each)) ?? null;
}
