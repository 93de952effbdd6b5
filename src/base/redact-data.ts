import { mapTexts } from './map-texts.ts';
import { isSecretName, MASK, type Redact } from './redact-secrets.ts';

/** Words of ours by which programs find their way in what we write: a weak password may be one of them. */
const OURS: ReadonlySet<string> = new Set([
  ...['kind', 'reason', 'state', 'wanted', 'policy', 'verdict', 'grade', 'signal', 'because', 'code', 'type', 'side'],
  ...['service', 'dependency', 'by', 'log', 'run', 'bootId', 'pidNamespace', 'effect', 'level', 'news', 'engine'],
  ...['outcome', 'changed', 'key', 'request'],
  ...['at', 'startedAt', 'readyAt', 'checkedAt', 'lastHealthyAt'],
]);

/** A task's command stands at `run`, too, as a run's id does. */
const WORD = /^[\w:./+-]*$/;

/** A copy of JSON data without secrets. What stands at the name of a secret variable is masked whatever it is. */
export function redactData<Data>(data: Data, redact: Redact): Data {
  return mapTexts(data, (text, key) => {
    if (/^[A-Z][A-Z0-9_]*$/.test(key) && isSecretName(key)) return MASK;
    return OURS.has(key) && WORD.test(text) ? text : redact(text);
  });
}
