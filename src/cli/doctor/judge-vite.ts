import { variablePrefix } from '../../config/variable-prefix.ts';
import { error, type Finding, info, type ViteFact, warning } from './finding.ts';
import type { ViteSetting } from './read-vite-config.ts';

export interface KnownPort {
  readonly service: string;
  /** As it is now, or as it would be. */
  readonly port: number | null;
  readonly wanted: number | null;
  readonly isDependency: boolean;
}

export interface ViteSurroundings {
  /** The service that runs Vite. */
  readonly service: string;
  /** That it wants. */
  readonly port: number | null;
  /** Its command line says which port to take, whatever the file says. */
  readonly isPortPassed: boolean;
  readonly file: string;
  readonly others: readonly KnownPort[];
  isListenedOn(port: number): boolean;
}

const LOCAL_URL = /^(?:http|ws)(s?):\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+))?(\/.*)?$/;

/** What is wrong with one setting; empty: nothing, or nothing that could be known. */
export function judgeViteSetting(setting: ViteSetting, around: ViteSurroundings): readonly Finding[] {
  const { value, literal, line, text } = setting;
  const { file, others, isPortPassed: isOverruled } = around;
  const found = (say: typeof error, fact: ViteFact) => [
    say(fact, { service: around.service, file, line, port: fact.port }),
  ];
  const written = (port: number, expected: number, code: string) => {
    return { port, expected, line: text, instead: text.replace(literal, () => code) };
  };
  if (setting.kind === 'port') {
    const { service, port: expected } = around;
    if (expected === null || Number(value) === expected) return [];
    const facts = written(Number(value), expected, `Number(process.env.PORT ?? ${expected})`);
    return found(isOverruled ? info : warning, { code: 'vite-port', service, isOverruled, ...facts });
  }
  const [whole, secure, number, path = ''] = LOCAL_URL.exec(value) ?? [];
  if (whole === undefined) return [];
  const port = Number(number ?? (secure === 's' ? 443 : 80));
  const leads = (say: typeof error, kind: 'moved' | 'unknown' | 'fixed', { service, port: expected }: KnownPort) => {
    const address = `process.env.${variablePrefix(service)}_URL ?? 'http://localhost:${expected}'`;
    const facts = written(port, expected ?? 0, path.length < 2 ? address : `\`\${${address}}${path}\``);
    return found(say, { code: 'vite-target', service, kind, ...facts });
  };
  const here = others.find((other) => other.port === port);
  if (here !== undefined) return leads(info, 'fixed', here);
  const moved = others.find(({ wanted }) => wanted === port);
  if (moved !== undefined) return leads(error, 'moved', moved);
  const dependencies = others.filter(({ isDependency }) => isDependency);
  const [likely, another] = dependencies.length > 0 ? dependencies : others;
  // With several to choose from it is not known which one is meant: it may as well be a server that is not ours.
  if (likely === undefined || likely.port === null || another !== undefined) return [];
  return leads(around.isListenedOn(port) ? warning : error, 'unknown', likely);
}
