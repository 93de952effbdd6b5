import type { Words } from '../../runtime/sentences/sentence.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

/** Why nothing is to be read of a service that writes. */
export function describeDeletedLog(service: string, { program }: Words): string {
  return `${pathsOf('').log(service)} was deleted while it ran; \`${program} restart ${service}\` starts a new one`;
}
