import { redactData } from '../../base/redact-data.ts';
import { type Redact, redactor } from '../../base/redact-secrets.ts';
import type { Screen } from './screen.ts';

export type BareScreen = Omit<Screen, 'hiding' | 'masked'>;

/**
 * The screen with secrets masked in all that it writes; `unmasked` stays as it is. They are looked for when the first
 * line is written: to look through the environment takes longer than all else that a screen needs.
 */
export function hideSecrets(bare: BareScreen, secrets: () => readonly string[]): Screen {
  let known: Redact | undefined;
  const redact: Redact = (text) => {
    known ??= redactor(secrets());
    return known(text);
  };
  return {
    ...bare,
    out: (...lines) => bare.out(...lines.map(redact)),
    note: (...lines) => bare.note(...lines.map(redact)),
    shown: (line) => bare.shown(redact(line)),
    data: (...documents) => bare.data(...documents.map((document) => redactData(document, redact))),
    document: (document) => bare.document(redactData(document, redact)),
    json: (document) => bare.json(redactData(document, redact)),
    masked: (data) => redactData(data, redact),
    hiding: (others) => hideSecrets(bare, others),
  };
}
