import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import type { Setting, SettingSource, SettingValue } from '../settings/setting.ts';

/** One line a setting: key, value, source. */
export function settingTable(settings: readonly Setting[], paint: Paint): readonly string[] {
  return lineUp(
    settings.map(({ key, value, source }) => [key, describeValue(value), paint('dim', describeSource(source))]),
  );
}

/** As one would write it; `-`: nothing. */
export function describeValue(value: SettingValue): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '-';
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return String(value).trim().replaceAll('\n', '\\n');
}

/** `devgen.config.yaml:12`, `default`, `BACKEND_PORT of the environment`. */
export function describeSource(source: SettingSource): string {
  switch (source.kind) {
    case 'default':
      return 'default';
    case 'variable':
      return source.name;
    case 'config': {
      const { file, position } = source.place;
      return position === undefined ? file : `${file}:${position.line}`;
    }
  }
}
