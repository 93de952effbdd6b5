import { redactData } from '../../base/redact-data.ts';
import type { Redact } from '../../base/redact-secrets.ts';
import type { Screen } from './screen.ts';

/** The same screen with more masked in what it writes; `unmasked` stays as it is. */
export function hideSecrets(screen: Screen, redact: Redact): Screen {
  return {
    ...screen,
    out: (...lines) => screen.out(...lines.map(redact)),
    note: (...lines) => screen.note(...lines.map(redact)),
    shown: (line) => screen.shown(redact(line)),
    data: (...documents) => screen.data(...documents.map((document) => redactData(document, redact))),
    document: (document) => screen.document(redactData(document, redact)),
  };
}
