import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

/** Why nothing is to be read of a service that writes. */
export function describeDeletedLog(service: string, { program }: Words): Diagnostic {
  const log = pathsOf('').log(service);
  return {
    code: 'runtime/log-deleted',
    message: `${log} was deleted while it ran; \`${program} restart ${service}\` starts a new one`,
  };
}
