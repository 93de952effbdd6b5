import { portNumber } from './port-number.ts';

/** Whether something can be waited for by this text, in which variables have their values. Source: README of wait-on */
export function isWaitResource(text: string): boolean {
  const [, kind = '', rest = ''] = /^(tcp|socket|file|https?(?:-get)?):(.+)$/.exec(text) ?? [];
  if (kind === 'tcp') return portNumber(/^(?:.+:)?(\d+)$/.exec(rest)?.[1] ?? '') !== null;
  if (kind.startsWith('http')) return rest.startsWith('//') && URL.canParse(`http:${rest}`);
  return kind !== '';
}
