import { valueAt } from './show-value.ts';

interface UselessKey {
  readonly path: readonly string[];
  /** Those of its values that are of no use, as a JSON Schema; `{}`: all of them. */
  readonly values: { readonly const?: string; readonly type?: 'number' };
  /** What it must be instead. */
  readonly error: string;
}

const OTHER_PORT = 'for a container, which has no other port than that of its compose file';
const PORT = { values: { const: 'auto' }, error: 'the port that the container publishes, as a number' } as const;
const CONFLICT = { values: { const: 'fallback' }, error: `\`kill\`, \`ask\` or \`fail\` ${OTHER_PORT}` } as const;

/** What would be accepted for a container and do nothing. */
const USELESS: readonly UselessKey[] = [
  { path: ['port'], ...PORT },
  { path: ['port', 'number'], ...PORT },
  { path: ['port', 'fallback'], values: { type: 'number' }, error: `\`false\` ${OTHER_PORT}` },
  { path: ['onConflict'], ...CONFLICT },
  { path: ['onConflict', 'policy'], ...CONFLICT },
  {
    path: ['restart', 'maxMemory'],
    values: {},
    error: 'left out for a container, which `mem_limit` of its compose file limits',
  },
  { path: ['nice'], values: {}, error: 'left out for a container, which has `cpus` in its compose file' },
  { path: ['instances'], values: {}, error: 'left out for a container: each is a service of its compose file' },
  {
    path: ['stop', 'signal'],
    values: {},
    error: 'left out for a container, which has `stop_signal` in its compose file',
  },
];

/** Each with what tells whether it is written. */
export const USELESS_FOR_CONTAINERS = USELESS.map(({ path, values, error }) => ({
  ...{ path: [...path], error },
  isWritten: (service: object): boolean => isOneOf(values, valueAt(service, path)),
}));

/** Matches a service in which one of them is written. */
export const USELESS_SCHEMA = { anyOf: USELESS.map(({ path, values }) => schemaAt(path, values)) };

function isOneOf(values: UselessKey['values'], value: unknown): boolean {
  if (values.const !== undefined) return value === values.const;
  return values.type === undefined ? value !== undefined : typeof value === values.type;
}

function schemaAt([key, ...deeper]: readonly string[], values: object): object {
  return key === undefined
    ? values
    : { type: 'object', required: [key], properties: { [key]: schemaAt(deeper, values) } };
}
