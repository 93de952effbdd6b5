import type { KeyForce } from './lone-keys.ts';

/** What a key asks for while a person watches. */
export type KeyAction =
  | { readonly kind: 'restart'; readonly names: readonly string[] }
  | { readonly kind: 'choose' }
  | { readonly kind: 'status' }
  | { readonly kind: 'open' }
  | { readonly kind: 'top' }
  | { readonly kind: 'detach' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'help' }
  | { readonly kind: 'nothing' };

/** `choosing`: the next key says what to restart. */
export type KeyMode = 'watching' | 'choosing';

/** What the keys do, leaving above all: what was started elsewhere goes on. */
export function keyHint(shown: readonly string[], ours: readonly string[], program: string): string {
  const keys = 'r restart · s status · o open · t full screen';
  const others = shown.filter((name) => !ours.includes(name));
  if (others.length === 0) return `${keys} · d detach · q or Ctrl+C stop`;
  if (ours.length === 0) return `${keys} · q or Ctrl+C leave (started elsewhere; \`${program} stop\` stops)`;
  const ends = `stop ${ours.join(', ')} and leave ${others.join(', ')}, started elsewhere`;
  return `${keys} · d detach · q or Ctrl+C ${ends}`;
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** What `key` means for the services that are shown. */
export function interpretKey(key: string, mode: KeyMode, services: readonly string[]): KeyAction {
  if (key === CTRL_C || key === CTRL_D) return { kind: 'stop' };
  if (mode === 'choosing') return chosen(key, services);
  switch (key) {
    case 'r':
      return services.length > 1 ? { kind: 'choose' } : { kind: 'restart', names: services };
    case 's':
      return { kind: 'status' };
    case 'o':
      return { kind: 'open' };
    case 't':
      return { kind: 'top' };
    case 'd':
      return { kind: 'detach' };
    case 'q':
      return { kind: 'stop' };
    case '?':
    case 'h':
      return { kind: 'help' };
    default:
      return { kind: 'nothing' };
  }
}

/** When `key`, which means `action`, counts; a question alone does no harm. */
export function forceOf(key: string, action: KeyAction): KeyForce {
  if (key === CTRL_C || key === CTRL_D) return 'always';
  if (action.kind === 'nothing') return 'none';
  return action.kind === 'choose' ? 'first' : 'alone';
}

/** The keys for one service each; `a` is for all. */
const CHOICES = '123456789bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** `a all · 1 backend · 2 frontend`. */
export function choiceHint(services: readonly string[]): string {
  const choices = services.slice(0, CHOICES.length).map((name, index) => `${CHOICES[index]} ${name}`);
  return ['a all', ...choices].join(' · ');
}

function chosen(key: string, services: readonly string[]): KeyAction {
  if (key === 'a') return { kind: 'restart', names: services };
  const name = key.length === 1 ? services[CHOICES.indexOf(key)] : undefined;
  return name === undefined ? { kind: 'nothing' } : { kind: 'restart', names: [name] };
}
